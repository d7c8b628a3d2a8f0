/** The commands besides running: what picocli reads. */
@org.jspecify.annotations.NullMarked
package dev.sluice.cli.command;
