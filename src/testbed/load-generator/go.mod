module dev.rekey/testbed/load-generator

go 1.26.0
