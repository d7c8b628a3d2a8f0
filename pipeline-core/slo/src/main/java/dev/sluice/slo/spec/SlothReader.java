package dev.sluice.slo.spec;

import dev.sluice.yaml.ConfigNode;
import dev.sluice.yaml.Fields;
import dev.sluice.yaml.Problem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Reads objectives in Sloth's format {@code prometheus/v1}. Source: github.com/slok/sloth, pkg/prometheus/api/v1. */
final class SlothReader {
    private static final String VERSION = "prometheus/v1";
    private static final int DAYS = 30;
    private static final List<String> FILE_KEYS = List.of("version", "service", "labels", "slos");
    private static final List<String> SLO_KEYS =
            List.of("name", "objective", "description", "labels", "sli", "alerting", "min_events");
    private static final List<String> ALERTING_KEYS =
            List.of("name", "labels", "annotations", "page_alert", "ticket_alert");
    private static final List<String> SEVERITY_KEYS = List.of("disable", "labels", "annotations");

    private final List<Problem> problems;

    SlothReader(List<Problem> problems) {
        this.problems = problems;
    }

    /** The objectives as far as they are right. */
    List<Slo> read(ConfigNode root) {
        Fields file = fields(root, "Spec", FILE_KEYS);
        if (!file.text("version").equals(VERSION)) {
            file.problem(file.mark("version"), "version must be " + VERSION + ", not \"" + file.text("version") + "\"");
        }
        String service = file.required("service");
        List<Slo> slos = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (ConfigNode item : file.list("slos")) {
            int before = problems.size();
            Fields fields = fields(item, "SLO", SLO_KEYS);
            Slo slo = slo(fields, service, file.texts("labels"));
            if (!slo.name().isEmpty() && !names.add(slo.name())) {
                fields.problem(fields.mark("name"), "the name " + slo.name() + " is repeated in the same file");
            }
            if (problems.size() == before) {
                slos.add(slo);
            }
        }
        if (slos.isEmpty() && problems.isEmpty()) {
            file.problem(file.mark("slos"), "at least one SLO is required");
        }
        return slos;
    }

    private Slo slo(Fields fields, String service, Map<String, String> common) {
        String name = fields.required("name");
        double objective = fields.number("objective", 0);
        if (!(objective > 0 && objective < 100)) {
            fields.problem(fields.mark("objective"), "objective must be a percentage above 0 and below 100");
        }
        Map<String, String> labels = new LinkedHashMap<>(common);
        labels.putAll(fields.texts("labels"));
        long minEvents = fields.integer("min_events", 0);
        Slo.Sli sli = sli(fields);
        if (minEvents < 0) {
            fields.problem(fields.mark("min_events"), "min_events must not be negative");
        } else if (minEvents > 0 && !(sli instanceof Slo.Sli.Events)) {
            fields.problem(
                    fields.keyMark("min_events"),
                    "min_events needs an SLI of events: a ratio does not tell how many there were");
        }
        Slo slo = new Slo(
                service, name, objective, DAYS, labels, sli, alerting(fields, service, name), minEvents, fields.mark());
        BurnRate.check(slo, problem -> fields.problem(fields.mark("objective"), problem));
        return slo;
    }

    private Slo.Sli sli(Fields slo) {
        Slo.Sli none = new Slo.Sli.Raw("");
        ConfigNode node = slo.node("sli");
        if (node == null) {
            slo.problem(slo.mark(), "sli is required");
            return none;
        }
        Fields sli = fields(node, "SLI", List.of("events", "raw", "plugin"));
        List<String> kinds =
                Stream.of("events", "raw", "plugin").filter(sli::has).toList();
        if (kinds.size() != 1) {
            slo.problem(slo.mark("sli"), "sli must have exactly one of events and raw");
            return none;
        }
        ConfigNode kind = java.util.Objects.requireNonNull(sli.node(kinds.getFirst()));
        return switch (kinds.getFirst()) {
            case "events" -> {
                Fields events = fields(kind, "SLIEvents", List.of("error_query", "total_query"));
                yield new Slo.Sli.Events(query(events, "error_query"), query(events, "total_query"));
            }
            case "raw" -> {
                Fields raw = fields(kind, "SLIRaw", List.of("error_ratio_query"));
                yield new Slo.Sli.Raw(query(raw, "error_ratio_query"));
            }
            default -> {
                sli.problem(
                        sli.keyMark("plugin"),
                        "SLI plugins are programs of Sloth that cannot be run here; write their queries as events or raw");
                yield none;
            }
        };
    }

    private static String query(Fields fields, String key) {
        String text = fields.required(key).strip();
        if (text.isEmpty()) {
            return text;
        }
        if (!Windowed.has(text)) {
            fields.problem(fields.mark(key), "{{.window}} must stand for the range of the query");
            return text;
        }
        Windowed.check(text, fields, key);
        return text;
    }

    private Slo.Alerting alerting(Fields slo, String service, String name) {
        ConfigNode node = slo.node("alerting");
        if (node == null) {
            Slo.Severity none = new Slo.Severity(true, Map.of(), Map.of());
            return new Slo.Alerting("", Map.of(), Map.of(), none, none);
        }
        Fields alerting = fields(node, "Alerting", ALERTING_KEYS);
        Slo.Severity page = severity(alerting, "page_alert");
        Slo.Severity ticket = severity(alerting, "ticket_alert");
        String alert = alerting.text("name");
        if (alert.isEmpty()) {
            alert = service + "-" + name;
        }
        return new Slo.Alerting(alert, alerting.texts("labels"), alerting.texts("annotations"), page, ticket);
    }

    private Slo.Severity severity(Fields alerting, String key) {
        ConfigNode node = alerting.node(key);
        if (node == null) {
            return new Slo.Severity(false, Map.of(), Map.of());
        }
        Fields fields = fields(node, "Alert", SEVERITY_KEYS);
        return new Slo.Severity(fields.flag("disable", false), fields.texts("labels"), fields.texts("annotations"));
    }

    private Fields fields(ConfigNode node, String type, List<String> keys) {
        return new Fields(node, type, keys, new ProblemList(problems));
    }
}
