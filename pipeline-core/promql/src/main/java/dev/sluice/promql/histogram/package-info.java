/** Native histograms: sparse buckets with exponential or custom bounds, and their arithmetic. */
@org.jspecify.annotations.NullMarked
package dev.sluice.promql.histogram;
