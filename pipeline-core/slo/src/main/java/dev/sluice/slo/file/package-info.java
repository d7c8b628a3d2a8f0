/** Rule files as Prometheus reads them. */
@org.jspecify.annotations.NullMarked
package dev.sluice.slo.file;
