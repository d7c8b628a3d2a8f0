/**
 * The templates of alerts: Go's {@code text/template} with Prometheus' functions. Sources: Go's documentation of {@code text/template} and
 * {@code fmt}; Prometheus 3.16, {@code template/}; prometheus/common, {@code helpers/templates}. Values are {@code String}, {@code Boolean},
 * {@code Long}, {@code Double}, {@link java.util.Map}, {@link java.util.List}, {@link dev.sluice.promql.template.Sample}, native histograms,
 * {@link java.time.Instant}, {@link java.time.Duration}, and {@code null} for nothing.
 */
@org.jspecify.annotations.NullMarked
package dev.sluice.promql.template;
