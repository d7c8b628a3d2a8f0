package dev.sluice.exporters.prometheusremotewrite;

import dev.sluice.api.Telemetry;
import dev.sluice.exporters.prometheus.Requests;

/** Points in the text format of protobuf; times are milliseconds. And what requests can be. */
final class Points {
    static final String V1 = "prometheus.WriteRequest";
    static final String V2 = "io.prometheus.write.v2.Request";
    static final String DELTA = "AGGREGATION_TEMPORALITY_DELTA";
    static final String CUMULATIVE = "AGGREGATION_TEMPORALITY_CUMULATIVE";

    private Points() {}

    static Telemetry metrics(String metrics) {
        return Requests.metrics(metrics);
    }

    static String gauge(String name, String... points) {
        return "metrics { name: \"" + name + "\" gauge { " + points(points) + " } } ";
    }

    static String sum(String settings, String... points) {
        return "metrics { name: \"s\" sum { " + settings + " " + points(points) + " } } ";
    }

    static String point(long millis, String rest) {
        return "time_unix_nano: " + millis * 1_000_000 + " " + rest;
    }

    static String span(long from, long to, String rest) {
        return "start_time_unix_nano: " + from * 1_000_000 + " " + point(to, rest);
    }

    static String histogram(String temporality, String... points) {
        return "metrics { name: \"h\" histogram { aggregation_temporality: " + temporality + " " + points(points)
                + " } } ";
    }

    static String exponential(String temporality, String... points) {
        return "metrics { name: \"e\" exponential_histogram { aggregation_temporality: " + temporality + " "
                + points(points) + " } } ";
    }

    static String summary(String... points) {
        return "metrics { name: \"q\" summary { " + points(points) + " } } ";
    }

    static String points(String... points) {
        return "data_points { " + String.join(" } data_points { ", points) + " }";
    }

    static String attribute(String key, String value) {
        return Requests.attribute(key, value);
    }
}
