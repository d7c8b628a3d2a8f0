/** The processor {@code batch}: merges small batches into larger ones. */
@org.jspecify.annotations.NullMarked
package dev.sluice.processors.batch;
