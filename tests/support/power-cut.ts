import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A disk whose power can be cut. */
export interface Disk {
  /** Where to write. */
  readonly folder: string;
  /** What a process that writes there needs in its environment. */
  readonly env: NodeJS.ProcessEnv;
  /** @returns a folder with what is there when the power comes back. The writer must stand still and is then lost. */
  cutPower(): string;
  remove(): void;
}

/**
 * A real ext4 file system in a file. Cutting the power copies the file while the system is mounted: what the kernel
 * has not yet been told to write through is not in it. Needs the right to mount.
 */
export function makeExt4Disk(megabytes = 64): Disk {
  const base = mkdtempSync(join(tmpdir(), 'soundings-disk-'));
  const [image, copy, folder, after] = ['image', 'copy', 'mounted', 'after'].map((name) => join(base, name)) as [
    string,
    string,
    string,
    string,
  ];
  const mounted: string[] = [];
  const mount = (file: string, place: string) => {
    mkdirSync(place);
    // commit: the kernel must not write by itself within the test what nobody asked it to.
    run('mount', '-o', 'loop,commit=600', file, place);
    mounted.push(place);
  };
  const disk: Disk = {
    folder,
    env: {},
    cutPower: () => {
      copyFileSync(image, copy);
      mount(copy, after);
      return after;
    },
    remove: () => {
      // Lazily: a writer that was just killed may not be gone yet.
      for (const place of mounted) run('umount', '--lazy', place);
      rmSync(base, { recursive: true });
    },
  };
  try {
    run('truncate', '-s', `${megabytes}M`, image);
    run('mkfs.ext4', '-q', '-F', '-E', 'lazy_itable_init=0,lazy_journal_init=0', image);
    mount(image, folder);
    return disk;
  } catch (error) {
    disk.remove();
    throw error;
  }
}

/** The worst disk there could be: it keeps what was synced and nothing else. Needs a C compiler and Linux. */
export function makeSyncedOnlyDisk(): Disk {
  const base = mkdtempSync(join(tmpdir(), 'soundings-disk-'));
  const [folder, kept, library] = [join(base, 'folder'), join(base, 'kept'), join(base, 'synced-only.so')];
  mkdirSync(folder);
  mkdirSync(kept);
  const remove = () => rmSync(base, { recursive: true });
  try {
    run('cc', '-shared', '-fPIC', '-o', library, join(import.meta.dirname, 'synced-only.c'), '-ldl');
  } catch (error) {
    remove();
    throw error;
  }
  return {
    folder,
    env: { LD_PRELOAD: library, SYNCED_ONLY: kept },
    cutPower: () => {
      // What was on disk before the writer began, and was not written since.
      for (const file of readdirSync(folder)) {
        if (!readdirSync(kept).includes(file) && !/-(wal|shm)$/.test(file))
          copyFileSync(join(folder, file), join(kept, file));
      }
      return kept;
    },
    remove,
  };
}

/** Why a disk cannot be made here; undefined if it can. */
export function whyNot(make: () => Disk): string | undefined {
  try {
    make().remove();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message.trim() : String(error);
  }
}

function run(command: string, ...args: readonly string[]): void {
  execFileSync(command, args, { stdio: ['ignore', 'ignore', 'pipe'] });
}
