/** How what rules know is written to a file and read again. */
@org.jspecify.annotations.NullMarked
package dev.sluice.slo.state;
