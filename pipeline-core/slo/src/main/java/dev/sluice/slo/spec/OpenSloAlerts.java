package dev.sluice.slo.spec;

import dev.sluice.gotext.GoFloat;
import dev.sluice.slo.spec.OpenSloDocuments.Document;
import dev.sluice.yaml.Fields;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Makes alerts of the policies of an SLO: one of each condition on the burn rate, and one for want of data where that is asked for. */
final class OpenSloAlerts {
    private static final List<String> CONDITION_KEYS =
            List.of("kind", "op", "threshold", "lookbackWindow", "alertAfter");
    private static final String BURN_RATE = "burnrate";
    private static final String WHO = "{{$labels.sloth_service}} {{$labels.sloth_slo}}";

    /** Operators of PromQL, and in words. */
    private static final Map<String, List<String>> OPERATORS = Map.of(
            "gt", List.of(">", "above"),
            "gte", List.of(">=", "at or above"),
            "lt", List.of("<", "below"),
            "lte", List.of("<=", "at or below"));

    private final OpenSloDocuments documents;
    private final Findings findings;
    private final List<BurnRate> rates = new ArrayList<>();
    private final List<Slo.Alert> alerts = new ArrayList<>();

    OpenSloAlerts(OpenSloDocuments documents, Findings findings) {
        this.documents = documents;
        this.findings = findings;
    }

    /** What conditions look at. */
    List<BurnRate> rates() {
        return rates;
    }

    List<Slo.Alert> alerts() {
        return alerts;
    }

    /** @param period that the windows of conditions must be shorter than; zero where it is not known */
    void read(Document policy, Duration period) {
        Fields spec = policy.spec();
        List<Document> conditions = documents.items(spec, "conditions", "conditionRef", OpenSloDocuments.CONDITION);
        if (spec.list("conditions").isEmpty()) {
            spec.problem(spec.mark("conditions"), "conditions must have at least one");
        }
        if (spec.has("alertWhenResolved") && !spec.flag("alertWhenResolved", true)) {
            findings.warn(
                    spec.mark("alertWhenResolved"),
                    "who is told of alerts is told when they are resolved too; Alertmanager's send_resolved can leave that out");
        }
        boolean breaching = spec.flag("alertWhenBreaching", true);
        boolean noData = spec.flag("alertWhenNoData", false);
        if (!breaching && !noData) {
            findings.warn(spec.mark(), "the AlertPolicy " + policy.name() + " alerts of nothing");
        }
        String targets = documents.items(spec, "notificationTargets", "targetRef", OpenSloDocuments.TARGET).stream()
                .map(target -> {
                    target.spec().required("target");
                    return target.name();
                })
                .collect(Collectors.joining(","));
        for (Document condition : conditions) {
            condition(policy, condition, targets, breaching, noData, period);
        }
    }

    private void condition(
            Document policy, Document document, String targets, boolean breaching, boolean noData, Duration period) {
        Fields spec = document.spec();
        String severity = spec.required("severity");
        Fields condition = findings.required(spec, "condition", "Condition", CONDITION_KEYS);
        if (condition.has("kind") && !condition.text("kind").equals(BURN_RATE)) {
            condition.problem(
                    condition.mark("kind"), "kind must be " + BURN_RATE + ", not \"" + condition.text("kind") + "\"");
        }
        String op = condition.text("op");
        List<String> operator = OPERATORS.getOrDefault(op, List.of(">", "above"));
        if (!OPERATORS.containsKey(op)) {
            condition.problem(condition.mark("op"), "op must be one of gt, gte, lt and lte, not \"" + op + "\"");
        } else if (op.startsWith("l") && breaching) {
            findings.warn(
                    condition.mark("op"),
                    op
                            + " is taken at its word: the alert fires while the budget burns slowly or not at all; gte is the other way round");
        }
        double threshold = condition.number("threshold", 0);
        if (!(threshold > 0)) {
            condition.problem(condition.mark("threshold"), "threshold must be above 0");
        }
        Duration window = OpenSloDuration.read(condition, "lookbackWindow");
        if (period.isPositive() && window.compareTo(period) >= 0) {
            condition.problem(
                    condition.mark("lookbackWindow"), "lookbackWindow must be shorter than the period of the SLO");
        }
        Duration after =
                condition.has("alertAfter") && !condition.text("alertAfter").matches("0[a-z]*")
                        ? OpenSloDuration.read(condition, "alertAfter")
                        : Duration.ZERO;
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("sloth_severity", severity);
        labels.put("severity", severity);
        labels.put("alert_condition", document.name());
        labels.put("notification_targets", targets);
        BurnRate rate = new BurnRate(severity, window, window, operator.getFirst(), threshold);
        rates.add(rate);
        String over = " over " + Windows.text(window);
        if (breaching) {
            String title =
                    " SLO error budget burn rate is " + operator.getLast() + " " + GoFloat.g(threshold) + over + ".";
            alerts.add(new Slo.Alert(
                    policy.name(),
                    new Slo.When.Burns(List.of(rate)),
                    after,
                    labels,
                    annotations(severity, title, policy, document)));
        }
        if (noData) {
            alerts.add(new Slo.Alert(
                    policy.name() + "-no-data",
                    new Slo.When.NoData(window),
                    after,
                    labels,
                    annotations(severity, " SLO has no data" + over + ".", policy, document)));
        }
    }

    private static Map<String, String> annotations(String severity, String title, Document policy, Document condition) {
        Map<String, String> annotations = new LinkedHashMap<>();
        annotations.put("title", "(" + severity + ") " + WHO + title);
        annotations.put("summary", WHO + title);
        String description = condition.spec().text("description");
        if (description.isEmpty()) {
            description = policy.spec().text("description");
        }
        if (!description.isEmpty()) {
            annotations.put("description", description);
        }
        return annotations;
    }
}
