/** The processor {@code probabilistic_sampler}: passes a share of the spans or log records on. */
@org.jspecify.annotations.NullMarked
package dev.sluice.processors.probabilisticsampler;
