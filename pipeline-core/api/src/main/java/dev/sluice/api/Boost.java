package dev.sluice.api;

import java.util.List;

/**
 * Telemetry that samplers keep whole for a while, such as that of a service which an alert is about: items that have all the attributes, of a
 * resource of the job.
 *
 * @param job as Prometheus calls a service: {@code service.namespace/service.name}, or the name alone where there is no namespace; empty for any
 */
public record Boost(String job, List<Attribute> attributes) {
    public Boost {
        attributes = List.copyOf(attributes);
        if (job.isEmpty() && attributes.isEmpty()) {
            throw new IllegalArgumentException("a boost of everything");
        }
    }

    /**
     * An attribute of the item or its resource.
     *
     * @param keys by which it may go, as one thing has several names: {@code http.route}, {@code url.path}
     * @param value as text
     */
    public record Attribute(List<String> keys, String value) {
        public Attribute {
            keys = List.copyOf(keys);
        }
    }
}
