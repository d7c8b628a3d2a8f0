package dev.sluice.exporters.grafana;

import dev.sluice.api.Provisioner.Objective;
import java.util.List;

/** One SLO: objective, errors, budget, burn rates and alerts, of the series that Sloth's rules make and those of {@code slo} too. */
final class SloDashboard {
    /**
     * Two windows in which the budget must not burn too fast, with the alert that fires. Source: Google's SRE workbook, chapter 5, table 5-8.
     *
     * @param share of the period's budget that the long window may use up
     */
    private record Pair(String shorter, String longer, int longHours, String share, String alert) {}

    private static final List<Pair> PAIRS = List.of(
            new Pair("5m", "1h", 1, "0.02", "page"),
            new Pair("30m", "6h", 6, "0.05", "page"),
            new Pair("2h", "1d", 24, "0.1", "ticket"),
            new Pair("6h", "3d", 72, "0.1", "ticket"));

    private final String matcher;
    private final String by;
    private final String prometheus;

    private SloDashboard(String id, String prometheus) {
        matcher = "sloth_id=\"" + Text.quoted(id) + "\"";
        by = "{" + matcher + "}";
        this.prometheus = prometheus;
    }

    static Dashboard of(Objective objective, String prometheus) {
        String title = "SLO: " + objective.service() + " " + objective.name();
        return new SloDashboard(objective.id(), prometheus).fill(new Dashboard("slo", objective.id(), title));
    }

    private Dashboard fill(Dashboard dashboard) {
        String remaining = "slo:period_error_budget_remaining:ratio" + by;
        dashboard
                .add(number("Objective", "slo:objective:ratio" + by))
                .add(number("SLI, 5 minutes", "1 - slo:sli_error:ratio_rate5m" + by))
                .add(number("Budget remaining", remaining))
                .add(Panel.graph("Budget burn-down", "percentunit", prometheus).query(remaining, "remaining"))
                .add(Panel.graph("Good and bad events", "percentunit", prometheus)
                        .query("1 - slo:sli_error:ratio_rate5m" + by, "good")
                        .query("slo:sli_error:ratio_rate5m" + by, "bad"))
                .add(alerts());
        PAIRS.forEach(pair -> dashboard.add(burning(pair)));
        return dashboard;
    }

    /** The threshold is a series, for it depends on the period: 14.4, 6, 3 and 1 for 30 days. */
    private Panel burning(Pair pair) {
        return Panel.graph(
                        "Burn rate over " + pair.shorter + " and " + pair.longer + ": " + pair.alert,
                        "short",
                        prometheus)
                .query(burnRate(pair.shorter), pair.shorter)
                .query(burnRate(pair.longer), pair.longer)
                .threshold(
                        "round(" + pair.share + " * 24 / " + pair.longHours + " * max(slo:time_period:days" + by
                                + "), 0.01)",
                        "fires above");
    }

    /** The worst where several say it, such as two replicas. */
    private String burnRate(String window) {
        return "max(slo:sli_error:ratio_rate" + window + by + ") / max(slo:error_budget:ratio" + by + ")";
    }

    /** A zero stands in while no alert is pending or fires. */
    private Panel alerts() {
        return Panel.states("Alerts", List.of("quiet", "pending", "firing"), prometheus)
                .query(
                        "max by (sloth_severity) (2 * ALERTS{" + matcher + ",alertstate=\"firing\"} or ALERTS{"
                                + matcher + ",alertstate=\"pending\"}) or on() vector(0)",
                        "{{sloth_severity}}");
    }

    private Panel number(String title, String query) {
        return Panel.number(title, "percentunit", prometheus).query(query, title);
    }
}
