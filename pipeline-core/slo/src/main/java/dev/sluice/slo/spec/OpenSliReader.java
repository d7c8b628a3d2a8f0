package dev.sluice.slo.spec;

import dev.sluice.gotext.GoFloat;
import dev.sluice.promql.syntax.ParseException;
import dev.sluice.promql.syntax.Parser;
import dev.sluice.promql.syntax.ParserOptions;
import dev.sluice.promql.syntax.VectorSelector;
import dev.sluice.yaml.ConfigNode;
import dev.sluice.yaml.Fields;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Makes queries of an indicator of OpenSLO. Their {@code query} is PromQL: with <code>{{.window}}</code> for the range, as Sloth has it, or for {@code
 * counter: true} a plain selector, whose rate is taken.
 */
final class OpenSliReader {
    static final List<String> KEYS = List.of("description", "thresholdMetric", "ratioMetric");
    private static final String SOURCE = "metricSource";
    private static final List<String> RATIO_KEYS = List.of("counter", "good", "bad", "total", "rawType", "raw");
    private static final Map<String, String> OPERATORS = Map.of("lte", "<=", "gte", ">=", "lt", "<", "gt", ">");

    /** Types of sources whose queries are PromQL. */
    private static final Set<String> PROMQL =
            Set.of("prometheus", "promql", "thanos", "mimir", "cortex", "victoriametrics");

    /** A query that means nothing, where there is a problem. */
    private static final String NOTHING = "vector(0)";

    private static final String WINDOW = "[{{.window}}:";

    private final Fields indicator;
    private final Windows windows;
    private final OpenSloDocuments documents;
    private final Findings findings;

    OpenSliReader(Fields indicator, Windows windows, OpenSloDocuments documents, Findings findings) {
        this.indicator = indicator;
        this.windows = windows;
        this.documents = documents;
        this.findings = findings;
    }

    /** @param method valid */
    Slo.Sli read(Fields objective, String method) {
        if (indicator.has("thresholdMetric") == indicator.has("ratioMetric")) {
            indicator.problem(indicator.mark(), "exactly one of ratioMetric and thresholdMetric is required");
            return new Slo.Sli.Raw(NOTHING);
        }
        Slo.Sli sli = indicator.has("ratioMetric") ? ratio() : threshold(objective);
        return switch (method) {
            case "Timeslices" -> {
                double target = objective.number("timeSliceTarget", 0);
                if (!(target > 0 && target <= 1)) {
                    objective.problem(
                            objective.mark("timeSliceTarget"), "timeSliceTarget must be above 0 and at most 1");
                }
                String slice = slice(objective);
                String good = "(1 - " + errors(sli, slice) + ") >= bool " + GoFloat.plain(target);
                yield new Slo.Sli.Raw("1 - avg_over_time((" + good + ")" + WINDOW + slice + "])");
            }
            case "RatioTimeslices" -> {
                String slice = slice(objective);
                yield new Slo.Sli.Raw("avg_over_time(" + errors(sli, slice) + WINDOW + slice + "])");
            }
            default -> sli;
        };
    }

    private String slice(Fields objective) {
        Duration slice = OpenSloDuration.read(objective, "timeSliceWindow");
        Duration shortest = windows.recorded().getFirst();
        if (slice.compareTo(shortest) > 0) {
            objective.problem(
                    objective.mark("timeSliceWindow"),
                    "timeSliceWindow must be at most " + Windows.text(shortest) + ", the shortest window of an alert");
        }
        return Windows.text(slice);
    }

    /** The share of errors in a window; nothing where there was nothing, which is 0/0 and would spoil every average. */
    private static String errors(Slo.Sli sli, String window) {
        return switch (sli) {
            case Slo.Sli.Events events ->
                "((" + Windowed.fill(events.errorQuery(), window) + ") / (" + Windowed.fill(events.totalQuery(), window)
                        + ") >= 0)";
            case Slo.Sli.Raw raw -> "((" + Windowed.fill(raw.errorRatioQuery(), window) + ") >= 0)";
        };
    }

    private Slo.Sli ratio() {
        Fields ratio = inner(indicator, "ratioMetric", RATIO_KEYS);
        boolean counter = ratio.flag("counter", false);
        if (ratio.has("raw")) {
            String raw = query(ratio, "raw", counter);
            return switch (ratio.text("rawType")) {
                case "success" -> new Slo.Sli.Raw("1 - (" + raw + ")");
                case "failure" -> new Slo.Sli.Raw(raw);
                default -> {
                    ratio.problem(ratio.mark("rawType"), "rawType must be success or failure");
                    yield new Slo.Sli.Raw(NOTHING);
                }
            };
        }
        if (ratio.has("good") == ratio.has("bad") || !ratio.has("total")) {
            ratio.problem(ratio.mark(), "ratioMetric must have total and exactly one of good and bad, or raw");
            return new Slo.Sli.Raw(NOTHING);
        }
        String total = query(ratio, "total", counter);
        return ratio.has("bad")
                ? new Slo.Sli.Events(query(ratio, "bad", counter), total)
                : new Slo.Sli.Events("(" + total + ") - (" + query(ratio, "good", counter) + ")", total);
    }

    /** Bad is the time in which the value is not as the objective wants it. */
    private Slo.Sli threshold(Fields objective) {
        Fields threshold = inner(indicator, "thresholdMetric", List.of(SOURCE));
        String query = source(threshold);
        String operator = OPERATORS.get(objective.text("op"));
        if (operator == null || !objective.has("value")) {
            objective.problem(
                    objective.mark("op"), "a thresholdMetric needs op, one of lte, gte, lt and gt, and value");
            return new Slo.Sli.Raw(NOTHING);
        }
        Windowed.check(query, threshold, SOURCE);
        String good = "(" + query + ") " + operator + " bool " + GoFloat.plain(objective.number("value", 0));
        return new Slo.Sli.Raw(
                "1 - avg_over_time((" + Windowed.fill(good, Windows.text(windows.current())) + ")" + WINDOW + "])");
    }

    private String query(Fields ratio, String key, boolean counter) {
        Fields metric = inner(ratio, key, List.of(SOURCE));
        String query = source(metric);
        if (query.isBlank()) {
            return NOTHING;
        }
        if (!Windowed.has(query) && counter && selects(query)) {
            query = "sum(rate(" + query + "[{{.window}}]))";
        }
        if (!Windowed.has(query)) {
            metric.problem(
                    metric.mark(SOURCE),
                    "the query must have {{.window}} for its range, or be a selector with counter: true");
            return NOTHING;
        }
        Windowed.check(query, metric, SOURCE);
        return query;
    }

    private String source(Fields metric) {
        Fields source = inner(metric, SOURCE, List.of("metricSourceRef", "type", "spec"));
        promql(source, "type");
        // Not every data source is written down: what is behind it is not asked.
        documents
                .known(OpenSloDocuments.DATA_SOURCE, source.text("metricSourceRef"))
                .ifPresent(document -> promql(document.spec(), "type"));
        ConfigNode node = source.node("spec");
        String query = node == null
                ? ""
                : findings.fields(node, "MetricSourceSpec", List.of("query")).text("query");
        if (query.isBlank()) {
            source.problem(source.mark("spec"), "metricSource.spec.query, in PromQL, is required");
            return "";
        }
        return query.strip();
    }

    private static void promql(Fields source, String key) {
        String type = source.text(key);
        if (!type.isEmpty() && !PROMQL.contains(type.toLowerCase(Locale.ROOT))) {
            source.problem(source.mark(key), key + " " + type + " is not supported: queries are PromQL");
        }
    }

    private Fields inner(Fields outer, String key, List<String> keys) {
        ConfigNode node = outer.node(key);
        return findings.fields(node == null ? new ConfigNode.Null(outer.mark()) : node, key, keys);
    }

    private static boolean selects(String query) {
        try {
            return Parser.parse(query, ParserOptions.STABLE) instanceof VectorSelector;
        } catch (ParseException e) {
            return false;
        }
    }
}
