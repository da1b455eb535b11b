/** The command line: a command a file, picocli for parsing, one place for errors and exit codes. */
package dev.elbo.cli;
