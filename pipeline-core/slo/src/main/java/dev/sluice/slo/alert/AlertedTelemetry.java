package dev.sluice.slo.alert;

import dev.sluice.api.Boost;
import dev.sluice.promql.series.Labels;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What telemetry an alert is about, by its labels. */
final class AlertedTelemetry {
    private static final String JOB = "job";

    /** The attributes that hold a request's path: semantic conventions of now and before, and what metrics may have called it. */
    private static final List<String> PATH = List.of("http.route", "url.path", "http.target", "path", "route");

    private static final Map<String, List<String>> KEYS = Map.of(
            "path", PATH,
            "route", PATH,
            "http_route", PATH,
            "url_path", PATH,
            "http_target", PATH,
            "sloth_service", List.of("service.name"));

    private AlertedTelemetry() {}

    /** Null where the alert has none of the labels. */
    static @Nullable Boost of(Labels labels, List<String> match) {
        String job = "";
        List<Boost.Attribute> attributes = new ArrayList<>();
        for (String label : match) {
            String value = labels.get(label);
            if (label.equals(JOB)) {
                job = value;
            } else if (!value.isEmpty()) {
                attributes.add(new Boost.Attribute(keys(label), value));
            }
        }
        return job.isEmpty() && attributes.isEmpty() ? null : new Boost(job, attributes);
    }

    /** A label has an underscore where the attribute that it was had a dot, or an underscore. */
    private static List<String> keys(String label) {
        List<String> known = KEYS.get(label);
        if (known != null) {
            return known;
        }
        String dotted = label.replace('_', '.');
        return dotted.equals(label) ? List.of(label) : List.of(dotted, label);
    }
}
