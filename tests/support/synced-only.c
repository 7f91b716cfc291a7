/*
 * For LD_PRELOAD: whenever a process syncs a file, copies what the file then holds into the folder SYNCED_ONLY. That
 * folder is what the worst disk has after a power cut: nothing that was not synced. Files are read through the handle
 * that is being synced, because closing another one would drop the process's locks on the file.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void keep(int file) {
  const char *folder = getenv("SYNCED_ONLY");
  char link[64], source[4096], copy[4200], aside[4300];
  snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  ssize_t length = readlink(link, source, sizeof source - 1);
  if (folder == NULL || length <= 0) return;
  source[length] = '\0';
  snprintf(copy, sizeof copy, "%s/%s", folder, strrchr(source, '/') + 1);
  snprintf(aside, sizeof aside, "%s.aside", copy);
  int out = open(aside, O_CREAT | O_TRUNC | O_WRONLY, 0600);
  if (out < 0) abort();
  static char block[1 << 16];
  ssize_t got;
  for (off_t at = 0; (got = pread(file, block, sizeof block, at)) > 0; at += got)
    if (write(out, block, got) != got) abort();
  close(out);
  /* Whole or not at all, wherever the process is killed. A folder cannot be read like this and is left out. */
  if (got == 0) rename(aside, copy);
  else unlink(aside);
}

static int sync_and_keep(const char *name, int file) {
  int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, name);
  int result = real(file);
  if (result == 0) keep(file);
  return result;
}

int fsync(int file) { return sync_and_keep("fsync", file); }
int fdatasync(int file) { return sync_and_keep("fdatasync", file); }
