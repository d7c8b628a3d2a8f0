package dev.sluice.slo.spec;

import dev.sluice.slo.spec.OpenSloDocuments.Document;
import dev.sluice.yaml.Fields;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Makes alerts of policies: one of each condition on the burn rate, and one for want of data where that is asked for. */
final class OpenSloAlerts {
    private static final String WHO = "{{$labels.sloth_service}} {{$labels.sloth_slo}}";

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
        if (spec.list("conditions").isEmpty()) {
            spec.problem(spec.mark("conditions"), "conditions must have at least one");
        }
        if (!spec.flag("alertWhenResolved", true)) {
            findings.warn(
                    spec.mark("alertWhenResolved"),
                    "who is told of alerts is told when they are resolved too; Alertmanager's send_resolved can leave that out");
        }
        boolean breaching = spec.flag("alertWhenBreaching", true);
        boolean noData = spec.flag("alertWhenNoData", false);
        if (!breaching && !noData) {
            findings.warn(spec.mark(), "the AlertPolicy " + policy.name() + " alerts of nothing");
        }
        String targets = targets(spec);
        for (Document document : documents.items(spec, "conditions", "conditionRef", OpenSloDocuments.CONDITION)) {
            OpenSloCondition condition = OpenSloCondition.read(document, period, findings);
            rates.add(condition.rate());
            String over = " over " + Windows.text(condition.rate().longWindow()) + ".";
            if (breaching) {
                String title = " SLO error budget burn rate is " + condition.words() + over;
                Slo.When when = new Slo.When.Burns(List.of(condition.rate()));
                alerts.add(alert(policy, policy.name(), when, condition, targets, title));
            }
            if (noData) {
                Slo.When when = new Slo.When.NoData(condition.rate().longWindow());
                alerts.add(
                        alert(policy, policy.name() + "-no-data", when, condition, targets, " SLO has no data" + over));
            }
        }
    }

    private String targets(Fields spec) {
        List<Document> targets = documents.items(spec, "notificationTargets", "targetRef", OpenSloDocuments.TARGET);
        targets.forEach(target -> target.spec().required("target"));
        return targets.stream().map(Document::name).collect(Collectors.joining(","));
    }

    private static Slo.Alert alert(
            Document policy, String name, Slo.When when, OpenSloCondition condition, String targets, String title) {
        String severity = condition.rate().severity();
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("sloth_severity", severity);
        labels.put("severity", severity);
        labels.put("alert_condition", condition.name());
        if (!targets.isEmpty()) {
            labels.put("notification_targets", targets);
        }
        Map<String, String> annotations = new LinkedHashMap<>();
        annotations.put("title", "(" + severity + ") " + WHO + title);
        annotations.put("summary", WHO + title);
        String own = condition.description();
        String description = own.isEmpty() ? policy.spec().text("description") : own;
        if (!description.isEmpty()) {
            annotations.put("description", description);
        }
        return new Slo.Alert(name, when, condition.after(), labels, annotations);
    }
}
