package dev.sluice.slo.spec;

import dev.sluice.yaml.ConfigNode;
import dev.sluice.yaml.Fields;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads objectives in Sloth's format {@code prometheus/v1}, and the same as a resource of Kubernetes, where keys are written as {@code errorQuery} instead of
 * {@code error_query}. Source: github.com/slok/sloth, pkg/prometheus/api/v1 and pkg/kubernetes/api/sloth/v1.
 */
final class SlothReader {
    static final String RESOURCE = "PrometheusServiceLevel";

    private static final Pattern WORD = Pattern.compile("_(.)");
    private static final List<String> SPEC_KEYS = List.of("service", "labels", "slo_plugins", "slos");
    private static final List<String> SLO_KEYS =
            List.of("name", "objective", "description", "labels", "plugins", "sli", "alerting", "min_events");
    private static final List<String> ALERTING_KEYS =
            List.of("name", "labels", "annotations", "page_alert", "ticket_alert");
    private static final List<String> SEVERITY_KEYS = List.of("disable", "labels", "annotations");

    private final Findings findings;
    private final Windows windows;
    private final String format;

    private SlothReader(Findings findings, Windows windows, String format) {
        this.findings = findings;
        this.windows = windows;
        this.format = format;
    }

    /** The objectives of a document of a file, as far as they are right. */
    static List<Slo> read(ConfigNode root, Windows windows, Findings findings) {
        List<String> keys =
                Stream.concat(Stream.of("version"), SPEC_KEYS.stream()).toList();
        Fields file = findings.fields(root, "Spec", keys);
        if (!file.text("version").equals(SloFormat.SLOTH)) {
            file.problem(
                    file.mark("version"),
                    "version must be " + SloFormat.SLOTH + ", not \"" + file.text("version") + "\"");
        }
        return new SlothReader(findings, windows, SloFormat.SLOTH).objectives(file);
    }

    /** The same of a resource of Kubernetes. */
    static List<Slo> resource(ConfigNode root, Windows windows, Findings findings) {
        Fields resource = findings.fields(root, RESOURCE, List.of("apiVersion", "kind", "metadata", "spec", "status"));
        SlothReader reader = new SlothReader(findings, windows, SloFormat.SLOTH_KINDS);
        return reader.objectives(findings.required(resource, "spec", "Spec", reader.keys(SPEC_KEYS)));
    }

    private List<Slo> objectives(Fields spec) {
        noPlugins(spec, key("slo_plugins"));
        String service = spec.required("service");
        List<Slo> slos = new ArrayList<>();
        for (ConfigNode item : spec.list("slos")) {
            int before = findings.problems().size();
            Slo slo = slo(fields(item, "SLO", SLO_KEYS), service, spec.texts("labels"));
            if (findings.problems().size() == before) {
                slos.add(slo);
            }
        }
        if (spec.list("slos").isEmpty()) {
            spec.problem(spec.mark("slos"), "at least one SLO is required");
        }
        return slos;
    }

    private Fields fields(ConfigNode node, String type, List<String> keys) {
        return findings.fields(node, type, keys(keys));
    }

    private List<String> keys(List<String> keys) {
        return keys.stream().map(this::key).toList();
    }

    /** A key as it is written in this format. */
    private String key(String key) {
        return format.equals(SloFormat.SLOTH)
                ? key
                : WORD.matcher(key).replaceAll(match -> match.group(1).toUpperCase(Locale.ROOT));
    }

    private static void noPlugins(Fields fields, String key) {
        if (fields.has(key)) {
            fields.problem(fields.keyMark(key), "SLO plugins are programs of Sloth that cannot be run here");
        }
    }

    private Slo slo(Fields fields, String service, Map<String, String> common) {
        String name = fields.required("name");
        double objective = fields.number("objective", 0);
        if (!(objective > 0 && objective <= 100)) {
            fields.problem(fields.mark("objective"), "objective must be a percentage above 0 and at most 100");
        }
        noPlugins(fields, "plugins");
        Map<String, String> labels = new LinkedHashMap<>(common);
        labels.putAll(fields.texts("labels"));
        String least = key("min_events");
        long minEvents = fields.integer(least, 0);
        Slo.Sli sli = sli(fields);
        if (minEvents < 0) {
            fields.problem(fields.mark(least), least + " must not be negative");
        } else if (minEvents > 0 && !(sli instanceof Slo.Sli.Events)) {
            fields.problem(
                    fields.keyMark(least),
                    least + " needs an SLI of events: a ratio does not tell how many there were");
        }
        List<Slo.Alert> alerts = alerts(fields, service, name);
        Slo slo = new Slo(service, name, format, objective, windows, labels, sli, alerts, minEvents, fields.mark());
        if (objective > 0) {
            slo.check(problem -> fields.problem(fields.mark("objective"), problem));
        }
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
        ConfigNode kind = Objects.requireNonNull(sli.node(kinds.getFirst()));
        return switch (kinds.getFirst()) {
            case "events" -> {
                Fields events = fields(kind, "SLIEvents", List.of("error_query", "total_query"));
                yield new Slo.Sli.Events(query(events, key("error_query")), query(events, key("total_query")));
            }
            case "raw" -> {
                Fields raw = fields(kind, "SLIRaw", List.of("error_ratio_query"));
                yield new Slo.Sli.Raw(query(raw, key("error_ratio_query")));
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

    private List<Slo.Alert> alerts(Fields slo, String service, String name) {
        ConfigNode node = slo.node("alerting");
        if (node == null) {
            return List.of();
        }
        Fields alerting = fields(node, "Alerting", ALERTING_KEYS);
        String alert = alerting.text("name").isEmpty() ? service + "-" + name : alerting.text("name");
        return Stream.of(
                        alert(alert, alerting, key("page_alert"), AlertWindows.PAGE),
                        alert(alert, alerting, key("ticket_alert"), AlertWindows.TICKET))
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<Slo.Alert> alert(String name, Fields alerting, String key, String severity) {
        ConfigNode node = alerting.node(key);
        Fields own = fields(node == null ? new ConfigNode.Null(alerting.mark()) : node, "Alert", SEVERITY_KEYS);
        if (own.flag("disable", false)) {
            return Optional.empty();
        }
        Map<String, String> labels = merged(alerting, own, "labels");
        Map<String, String> annotations = merged(alerting, own, "annotations");
        return Optional.of(windows.alert(name, severity, labels, annotations));
    }

    private static Map<String, String> merged(Fields common, Fields own, String key) {
        Map<String, String> all = new LinkedHashMap<>(common.texts(key));
        all.putAll(own.texts(key));
        return all;
    }
}
