/** PromQL bound to telemetry: what turns OTLP into series, keeps them, evaluates rules over them and tells about alerts. */
@org.jspecify.annotations.NullMarked
package dev.sluice.slo;
