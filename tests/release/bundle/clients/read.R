# Rscript read.R <JSON file to write> <folder> ...
# Reads the files of each folder as a user of R would, and writes as JSON what R then holds: numbers as text.
suppressPackageStartupMessages({
  library(haven)
  library(readr)
  library(jsonlite)
})

number <- function(values) ifelse(is.na(values), NA, sprintf("%.17g", values))
tagged <- function(values) ifelse(is.na(values), paste0(".", na_tag(values)), sprintf("%.17g", values))
cells <- function(values, say) if (is.character(values)) as.character(values) else say(as.double(values))

labels_of <- function(values, say) {
  labels <- attr(values, "labels")
  if (is.null(labels)) return(list())
  Map(function(value, label) list(value = value, label = label), unname(say(as.double(labels))), names(labels))
}

haven_file <- function(data, say) list(
  label = attr(data, "label"),
  variables = unname(Map(function(name, values) list(
    name = name, label = attr(values, "label"), values = I(cells(values, say)), labels = unname(labels_of(values, say)),
    missing = I(as.character(attr(values, "na_range"))), format = attr(values, "format.spss")
  ), names(data), data))
)

spss <- function(file) haven_file(read_sav(file, user_na = TRUE), number)

script <- function(keep) {
  place <- new.env()
  place$keep_reasons <- keep
  sys.source("load.R", place)
  list(
    left = I(sort(ls(place))),
    label = attr(place$data, "label"),
    variables = unname(Map(function(name, values) list(
      name = name, label = attr(values, "label"), class = I(class(values)), levels = I(as.character(levels(values))),
      values = I(if (is.factor(values)) as.character(values) else cells(values, number))
    ), names(place$data), place$data))
  )
}

# What load.R says of a data.csv that lost its last row, or the last cell of it, on its way.
refusals <- function() {
  whole <- readLines("data.csv", encoding = "UTF-8")
  on.exit(writeLines(whole, "data.csv", sep = "\r\n", useBytes = TRUE))
  last <- length(whole)
  broken <- list(row = whole[-last], cell = c(whole[-last], sub(",[^,]*$", "", whole[last])))
  vapply(broken, function(lines) {
    writeLines(lines, "data.csv", sep = "\r\n", useBytes = TRUE)
    tryCatch({ script(FALSE); "" }, error = conditionMessage)
  }, "")
}

with_readr <- function() {
  data <- read_csv("data.csv", show_col_types = FALSE)
  list(
    problems = nrow(problems(data)),
    variables = unname(Map(function(name, values) list(name = name, values = I(cells(values, number))), names(data), data))
  )
}

read_folder <- function(folder) {
  setwd(folder)
  list(
    sav = spss("data.sav"), syntax = spss("data-from-csv.sav"), pspp = spss("again.sav"),
    userMissing = I(vapply(read_sav("data.sav"), function(values) sum(is.na(values)), 1L)),
    dta = haven_file(read_dta("data.dta"), tagged),
    plain = script(FALSE), reasons = script(TRUE), refusals = as.list(refusals()), readr = with_readr()
  )
}

arguments <- commandArgs(TRUE)
write_json(lapply(arguments[-1], read_folder), arguments[1], auto_unbox = TRUE, na = "null", null = "null")
