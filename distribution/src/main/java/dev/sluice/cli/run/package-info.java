/** The service as a process: from a configuration to ports that are open, through reloads, to the last byte drained. */
@org.jspecify.annotations.NullMarked
package dev.sluice.cli.run;
