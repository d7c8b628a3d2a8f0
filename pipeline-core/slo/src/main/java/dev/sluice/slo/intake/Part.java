package dev.sluice.slo.intake;

import dev.sluice.otlp.view.MetricView;
import java.util.ArrayList;
import java.util.List;

/** A family of series that a metric makes, by the end of its name and the label that parts its series. */
enum Part {
    VALUE("", ""),
    BUCKET("_bucket", "le"),
    QUANTILE("", "quantile"),
    SUM("_sum", ""),
    COUNT("_count", "");

    private final String suffix;
    private final String varying;

    Part(String suffix, String varying) {
        this.suffix = suffix;
        this.varying = varying;
    }

    String suffix() {
        return suffix;
    }

    /** The label that parts the series; empty where there is only one. */
    String varying() {
        return varying;
    }

    /** @param classic whether an exponential histogram is to have classic buckets as well */
    static List<Part> of(MetricView.Kind kind, boolean classic) {
        List<Part> parts = new ArrayList<>();
        switch (kind) {
            case EMPTY, GAUGE, SUM -> parts.add(VALUE);
            case HISTOGRAM -> parts.addAll(List.of(BUCKET, SUM, COUNT));
            case SUMMARY -> parts.addAll(List.of(QUANTILE, SUM, COUNT));
            case EXPONENTIAL_HISTOGRAM -> {
                parts.add(VALUE);
                if (classic) {
                    parts.addAll(List.of(BUCKET, SUM, COUNT));
                }
            }
        }
        return parts;
    }
}
