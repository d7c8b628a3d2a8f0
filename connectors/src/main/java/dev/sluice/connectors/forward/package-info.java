/** The connector {@code forward}: passes data from pipelines to pipelines of the same signal. */
@org.jspecify.annotations.NullMarked
package dev.sluice.connectors.forward;
