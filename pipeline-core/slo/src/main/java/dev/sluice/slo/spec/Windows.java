package dev.sluice.slo.spec;

import dev.sluice.promql.text.PrometheusDuration;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What the errors of an objective are seen over.
 *
 * @param period that the budget is for
 * @param current the window that stands for now; the ratio of the whole period is averaged of its ratios
 * @param rates that alerts, and dashboards, look at
 */
record Windows(Duration period, Duration current, List<BurnRate> rates) {
    Windows {
        rates = List.copyOf(rates);
    }

    /** All windows that error ratios are recorded for, but the period itself: each once, the shortest first. */
    List<Duration> recorded() {
        return Stream.concat(Stream.of(current), rates.stream().flatMap(rate -> rate.windows().stream()))
                .distinct()
                .sorted()
                .toList();
    }

    /** Sloth's alert for one of its severities. What a user has written wins, as in Sloth. */
    Slo.Alert alert(String name, String severity, Map<String, String> labels, Map<String, String> annotations) {
        Map<String, String> allLabels = new LinkedHashMap<>();
        allLabels.put("sloth_severity", severity);
        allLabels.putAll(labels);
        String who = "{{$labels.sloth_service}} {{$labels.sloth_slo}}";
        Map<String, String> allAnnotations = new LinkedHashMap<>();
        allAnnotations.put("title", "(" + severity + ") " + who + " SLO error budget burn rate is too fast.");
        allAnnotations.put("summary", who + " SLO error budget burn rate is over expected.");
        allAnnotations.putAll(annotations);
        List<BurnRate> any =
                rates.stream().filter(rate -> rate.severity().equals(severity)).toList();
        return new Slo.Alert(name, new Slo.When.Burns(any), Duration.ZERO, allLabels, allAnnotations);
    }

    /** As Prometheus writes it: {@code 30d}, but {@code 4w}. */
    static String text(Duration window) {
        return PrometheusDuration.text(window.toNanos());
    }
}
