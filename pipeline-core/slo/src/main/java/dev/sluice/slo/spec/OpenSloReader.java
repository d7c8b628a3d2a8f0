package dev.sluice.slo.spec;

import dev.sluice.slo.spec.OpenSloDocuments.Document;
import dev.sluice.yaml.ConfigNode;
import dev.sluice.yaml.Fields;
import dev.sluice.yaml.Mark;
import dev.sluice.yaml.Suggestion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads SLOs in the format {@code openslo/v1}. Each objective of an SLO becomes one of ours. Source: github.com/OpenSLO/OpenSLO, the specification v1.
 */
final class OpenSloReader {
    private static final List<String> OBJECTIVE_KEYS =
            List.of("displayName", "op", "value", "target", "targetPercent", "timeSliceTarget", "timeSliceWindow");
    private static final List<String> METHODS = List.of("Occurrences", "Timeslices", "RatioTimeslices");
    private static final double PERCENT = 100;

    private final OpenSloDocuments documents;
    private final SloPeriods periods;
    private final Findings findings;

    OpenSloReader(OpenSloDocuments documents, SloPeriods periods, Findings findings) {
        this.documents = documents;
        this.periods = periods;
        this.findings = findings;
    }

    /** The objectives of a document of kind SLO, as far as they are right. */
    List<Slo> read(Document document) {
        Fields spec = document.spec();
        String service = spec.required("service");
        String method = spec.has("budgetingMethod") ? spec.text("budgetingMethod") : METHODS.getFirst();
        if (!METHODS.contains(method)) {
            findings.problem(
                    spec.mark("budgetingMethod"),
                    "unknown budgetingMethod \"" + method + "\"",
                    Suggestion.of(method, METHODS));
        }
        int before = findings.problems().size();
        Duration period = period(spec);
        OpenSloAlerts policies = new OpenSloAlerts(documents, findings);
        documents
                .items(spec, "alertPolicies", "alertPolicyRef", OpenSloDocuments.POLICY)
                .forEach(policy -> policies.read(policy, period));
        Optional<Windows> windows =
                findings.problems().size() == before ? windows(spec, period, policies.rates()) : Optional.empty();
        Optional<Fields> indicator = indicator(spec);
        List<ConfigNode> objectives = spec.list("objectives");
        if (objectives.isEmpty()) {
            spec.problem(spec.mark("objectives"), "objectives must have at least one");
        }
        List<Slo> slos = new ArrayList<>();
        if (windows.isEmpty() || indicator.isEmpty()) {
            return slos;
        }
        for (int i = 0; i < objectives.size(); i++) {
            before = findings.problems().size();
            Fields objective = findings.fields(objectives.get(i), "Objective", OBJECTIVE_KEYS);
            Slo.Sli sli =
                    new OpenSliReader(indicator.get(), windows.get(), documents, findings).read(objective, method);
            String name = objectives.size() == 1 ? document.name() : document.name() + "-" + i;
            Slo slo = new Slo(
                    service,
                    name,
                    SloFormat.OPENSLO,
                    target(objective),
                    windows.get(),
                    document.labels(),
                    sli,
                    spec.has("alertPolicies") ? policies.alerts() : pageAndTicket(windows.get(), service + "-" + name),
                    0,
                    objective.mark());
            slo.check(problem -> objective.problem(objective.mark("target"), problem));
            if (findings.problems().size() == before) {
                slos.add(slo);
            }
        }
        return slos;
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

    private static List<Slo.Alert> pageAndTicket(Windows windows, String name) {
        return List.of(
                windows.alert(name, AlertWindows.PAGE, Map.of(), Map.of()),
                windows.alert(name, AlertWindows.TICKET, Map.of(), Map.of()));
    }

    private Optional<Fields> indicator(Fields spec) {
        if (spec.has("indicator") == spec.has("indicatorRef")) {
            spec.problem(spec.mark(), "exactly one of indicator and indicatorRef is required");
            return Optional.empty();
        }
        if (spec.has("indicator")) {
            Fields inline = findings.required(
                    spec, "indicator", "Indicator", List.of("apiVersion", "kind", "metadata", "spec"));
            return Optional.of(findings.required(inline, "spec", "SLI", OpenSliReader.KEYS));
        }
        return documents.referred(spec, "indicatorRef", OpenSloDocuments.SLI).map(Document::spec);
    }

    /** The period; zero where there is a problem. */
    private Duration period(Fields spec) {
        List<ConfigNode> windows = spec.list("timeWindow");
        if (windows.isEmpty()) {
            return periods.usual();
        }
        Fields window = findings.fields(windows.getFirst(), "TimeWindow", List.of("duration", "isRolling", "calendar"));
        if (windows.size() > 1) {
            spec.problem(spec.mark("timeWindow"), "timeWindow must have exactly one");
        }
        Duration period = OpenSloDuration.read(window, "duration");
        if (period.isPositive() && (window.has("calendar") || !window.flag("isRolling", true))) {
            findings.warn(
                    window.has("calendar") ? window.keyMark("calendar") : window.mark("isRolling"),
                    "a window of the calendar is taken for a rolling one of the same length, " + Windows.text(period)
                            + ": the budget does not begin anew at once");
        }
        return period;
    }

    private Optional<Windows> windows(Fields spec, Duration period, List<BurnRate> rates) {
        if (spec.has("alertPolicies")) {
            Duration current = periods.windows(period)
                    .map(Windows::current)
                    .orElseGet(() -> AlertWindows.workbook(period).pageQuick().shortWindow());
            return Optional.of(new Windows(period, current, rates));
        }
        Optional<Windows> windows = periods.windows(period);
        if (windows.isEmpty()) {
            List<ConfigNode> written = spec.list("timeWindow");
            findings.problem(
                    written.isEmpty() ? spec.mark() : written.getFirst().mark(), periods.lack(period), null);
        }
        return windows;
    }
}
