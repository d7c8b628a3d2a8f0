/** {@code sluice demo}: a pipeline and something that sends to it, in one process. */
@org.jspecify.annotations.NullMarked
package dev.sluice.cli.demo;
