package dev.sluice.slo.spec;

import dev.sluice.promql.text.GoDuration;
import dev.sluice.promql.text.GoDuration.DurationException;
import dev.sluice.yaml.ConfigNode;
import dev.sluice.yaml.Fields;
import dev.sluice.yaml.Mark;
import dev.sluice.yaml.Problem;
import dev.sluice.yaml.Suggestion;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads objectives in the format {@code openslo/v1}: documents of a file, of which SLOs may refer to SLIs. Each objective of an SLO becomes one of ours.
 * Source: github.com/OpenSLO/OpenSLO, the specification v1.
 */
final class OpenSloReader {
    private static final String VERSION = "openslo/v1";
    private static final List<String> KINDS = List.of("SLO", "SLI", "Service", "DataSource");
    private static final List<String> DOCUMENT_KEYS = List.of("apiVersion", "kind", "metadata", "spec");
    private static final List<String> METADATA_KEYS = List.of("name", "displayName", "labels", "annotations");
    private static final List<String> SLO_KEYS = List.of(
            "description",
            "service",
            "indicator",
            "indicatorRef",
            "timeWindow",
            "budgetingMethod",
            "objectives",
            "alertPolicies");
    private static final List<String> OBJECTIVE_KEYS =
            List.of("displayName", "op", "value", "target", "targetPercent", "timeSliceTarget", "timeSliceWindow");
    private static final List<String> METHODS = List.of("Occurrences", "Timeslices", "RatioTimeslices");

    private static final int DEFAULT_DAYS = 30;
    private static final long DAY = 24 * 3600 * GoDuration.SECOND;

    /** A period must be longer than the longest window of an alert. */
    private static final int LEAST_DAYS = 4;

    private static final double PERCENT = 100;

    private final List<Problem> problems;
    private final Map<String, Fields> indicators = new LinkedHashMap<>();

    /** A document with its parts. */
    private record Document(String kind, String name, Map<String, String> labels, Fields spec) {}

    OpenSloReader(List<Problem> problems) {
        this.problems = problems;
    }

    /** The objectives as far as they are right. */
    List<Slo> read(List<ConfigNode> roots) {
        List<Document> documents = new ArrayList<>();
        for (ConfigNode root : roots) {
            Document document = document(root);
            if (document != null) {
                documents.add(document);
            }
        }
        for (Document document : documents) {
            if (document.kind().equals("SLI") && indicators.putIfAbsent(document.name(), document.spec()) != null) {
                repeated(document);
            }
        }
        List<Slo> slos = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Document document : documents) {
            if (document.kind().equals("SLO")) {
                if (!names.add(document.spec().text("service") + "/" + document.name())) {
                    repeated(document);
                }
                slos(document, slos);
            }
        }
        if (slos.isEmpty() && problems.isEmpty()) {
            problems.add(new Problem(roots.getFirst().mark(), "at least one document of kind SLO is required", null));
        }
        return slos;
    }

    private static void repeated(Document document) {
        document.spec()
                .problem(
                        document.spec().mark(),
                        "the " + document.kind() + " " + document.name() + " is repeated in the same file");
    }

    private @Nullable Document document(ConfigNode root) {
        Fields fields = fields(root, "document", DOCUMENT_KEYS);
        if (!fields.text("apiVersion").equals(VERSION)) {
            fields.problem(
                    fields.mark("apiVersion"),
                    "apiVersion must be " + VERSION + ", not \"" + fields.text("apiVersion") + "\"");
            return null;
        }
        String kind = fields.text("kind");
        if (!KINDS.contains(kind)) {
            String message = kind.startsWith("Alert")
                    ? "kind " + kind
                            + " is not supported: every objective has a page and a ticket of its budget's burn rate"
                    : "unknown kind \"" + kind + "\"";
            problems.add(new Problem(fields.mark("kind"), message, Suggestion.of(kind, KINDS)));
            return null;
        }
        Fields metadata = fields(node(fields, "metadata"), "Metadata", METADATA_KEYS);
        String name = metadata.required("name");
        // What is behind a data source is nobody's business here: samples come from the stream.
        List<String> keys = switch (kind) {
            case "SLO" -> SLO_KEYS;
            case "SLI" -> OpenSliReader.KEYS;
            case "Service" -> List.of("description");
            default -> List.of("description", "type", "connectionDetails");
        };
        return new Document(kind, name, metadata.texts("labels"), fields(node(fields, "spec"), kind, keys));
    }

    private void slos(Document document, List<Slo> into) {
        Fields spec = document.spec();
        String service = spec.required("service");
        int days = days(spec);
        String method = spec.has("budgetingMethod") ? spec.text("budgetingMethod") : METHODS.getFirst();
        if (!METHODS.contains(method)) {
            problems.add(new Problem(
                    spec.mark("budgetingMethod"),
                    "unknown budgetingMethod \"" + method + "\"",
                    Suggestion.of(method, METHODS)));
        }
        if (!spec.list("alertPolicies").isEmpty()) {
            spec.problem(
                    spec.keyMark("alertPolicies"),
                    "alertPolicies are not supported: every objective has a page and a ticket of its budget's burn rate");
        }
        Fields indicator = indicator(spec);
        List<ConfigNode> objectives = spec.list("objectives");
        if (objectives.isEmpty()) {
            spec.problem(spec.mark("objectives"), "objectives must have at least one");
        }
        for (int i = 0; i < objectives.size() && indicator != null; i++) {
            int before = problems.size();
            Fields objective = fields(objectives.get(i), "Objective", OBJECTIVE_KEYS);
            Slo.Sli sli = new OpenSliReader(indicator, this::fields).read(objective, method);
            String name = objectives.size() == 1 ? document.name() : document.name() + "-" + i;
            Slo slo = new Slo(
                    service,
                    name,
                    target(objective),
                    days,
                    document.labels(),
                    sli,
                    alerting(service, name),
                    0,
                    objective.mark());
            BurnRate.check(slo, problem -> objective.problem(objective.mark("target"), problem));
            if (problems.size() == before) {
                into.add(slo);
            }
        }
    }

    /** Percent. */
    private static double target(Fields objective) {
        if (objective.has("target") && objective.has("targetPercent")) {
            objective.problem(objective.mark("targetPercent"), "only one of target and targetPercent may be set");
        }
        double percent = objective.has("targetPercent")
                ? objective.number("targetPercent", 0)
                : PERCENT * objective.number("target", 0);
        if (!(percent > 0 && percent < PERCENT)) {
            Mark mark = objective.mark(objective.has("targetPercent") ? "targetPercent" : "target");
            objective.problem(mark, "target must be above 0 and below 1, or targetPercent above 0 and below 100");
        }
        return percent;
    }

    private static Slo.Alerting alerting(String service, String name) {
        Slo.Severity severity = new Slo.Severity(false, Map.of(), Map.of());
        return new Slo.Alerting(service + "-" + name, Map.of(), Map.of(), severity, severity);
    }

    private @Nullable Fields indicator(Fields spec) {
        if (spec.has("indicator") == spec.has("indicatorRef")) {
            spec.problem(spec.mark(), "exactly one of indicator and indicatorRef is required");
            return null;
        }
        if (spec.has("indicator")) {
            Fields inline = fields(node(spec, "indicator"), "Indicator", List.of("metadata", "spec"));
            return fields(node(inline, "spec"), "SLI", OpenSliReader.KEYS);
        }
        String name = spec.text("indicatorRef");
        Fields found = indicators.get(name);
        if (found == null) {
            problems.add(new Problem(
                    spec.mark("indicatorRef"),
                    "there is no SLI \"" + name + "\" in this file",
                    Suggestion.of(name, indicators.keySet())));
        }
        return found;
    }

    private int days(Fields spec) {
        List<ConfigNode> windows = spec.list("timeWindow");
        if (windows.isEmpty()) {
            return DEFAULT_DAYS;
        }
        Fields window = fields(windows.getFirst(), "TimeWindow", List.of("duration", "isRolling", "calendar"));
        if (windows.size() > 1) {
            spec.problem(spec.mark("timeWindow"), "timeWindow must have exactly one");
        }
        if (window.has("calendar") || !window.flag("isRolling", true)) {
            window.problem(window.mark(), "windows of a calendar are not supported: isRolling must be true");
        }
        try {
            long nanos = GoDuration.parse(window.required("duration"));
            if (nanos % DAY == 0 && nanos / DAY >= LEAST_DAYS) {
                return (int) (nanos / DAY);
            }
            window.problem(window.mark("duration"), "duration must be whole days, " + LEAST_DAYS + " at least");
        } catch (DurationException e) {
            window.problem(window.mark("duration"), String.valueOf(e.getMessage()));
        }
        return DEFAULT_DAYS;
    }

    private static ConfigNode node(Fields fields, String key) {
        ConfigNode node = fields.node(key);
        if (node == null) {
            fields.problem(fields.mark(), key + " is required");
            return new ConfigNode.Null(fields.mark());
        }
        return node;
    }

    private Fields fields(ConfigNode node, String type, List<String> keys) {
        return new Fields(node, type, keys, new ProblemList(problems));
    }
}
