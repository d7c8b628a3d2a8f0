package dev.sluice.exporters.loki;

/** How the line of a span is written. */
public enum SpanFormat {
    LOGFMT,
    JSON
}
