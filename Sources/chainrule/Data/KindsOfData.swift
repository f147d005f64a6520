/// What `--data` can name.
let kindsOfData = "a CSV file, a folder of images, iris or commute"
