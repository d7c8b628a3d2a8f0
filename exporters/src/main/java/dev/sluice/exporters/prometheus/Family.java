package dev.sluice.exporters.prometheus;

import dev.sluice.prometheus.Labels;
import dev.sluice.prometheus.MetricFamily;
import java.util.LinkedHashMap;
import java.util.Map;

/** The series of one Prometheus name. The first metric of the name settles type and help. */
final class Family {
    private final MetricFamily.Header header;
    private final Map<Labels, Series> series = new LinkedHashMap<>();

    Family(MetricFamily.Header header) {
        this.header = header;
    }

    MetricFamily.Header header() {
        return header;
    }

    Map<Labels, Series> series() {
        return series;
    }
}
