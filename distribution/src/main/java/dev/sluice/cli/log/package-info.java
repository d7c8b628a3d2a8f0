/** The program's own log: Logback, set up from {@code service::telemetry::logs}, in the forms of the Collector's. */
@org.jspecify.annotations.NullMarked
package dev.sluice.cli.log;
