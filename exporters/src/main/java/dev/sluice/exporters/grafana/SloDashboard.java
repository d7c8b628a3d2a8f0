package dev.sluice.exporters.grafana;

import dev.sluice.api.Provisioner.BurnWindows;
import dev.sluice.api.Provisioner.Objective;
import dev.sluice.gotext.GoFloat;
import dev.sluice.promql.text.PrometheusDuration;
import java.util.List;
import java.util.stream.Stream;

/** One SLO: objective, errors, budget, burn rates and alerts, of the series that Sloth's rules make and those of {@code slo} too. */
final class SloDashboard {
    private static final double HOUR_MILLIS = 3_600_000;

    /** Of numbers in queries. */
    private static final int DIGITS = 6;

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
        return new SloDashboard(objective.id(), prometheus)
                .fill(new Dashboard("slo", objective.id(), title), objective.burning());
    }

    private Dashboard fill(Dashboard dashboard, List<BurnWindows> burning) {
        String remaining = "slo:period_error_budget_remaining:ratio" + by;
        // Over the window that stands for now, whichever that is.
        String errors = "max(slo:current_burn_rate:ratio" + by + ") * max(slo:error_budget:ratio" + by + ")";
        dashboard
                .add(number("Objective", "slo:objective:ratio" + by))
                .add(number("SLI, now", "1 - " + errors))
                .add(number("Budget remaining", remaining))
                .add(Panel.graph("Budget burn-down", "percentunit", prometheus).query(remaining, "remaining"))
                .add(Panel.graph("Good and bad events", "percentunit", prometheus)
                        .query("1 - " + errors, "good")
                        .query(errors, "bad"))
                .add(alerts());
        burning.forEach(windows -> dashboard.add(panel(windows)));
        return dashboard;
    }

    /** The threshold is a series, for it depends on the period: 14.4, 6, 3 and 1 for 30 days. */
    private Panel panel(BurnWindows burning) {
        List<String> windows = Stream.of(burning.shortWindow(), burning.longWindow())
                .distinct()
                .map(window -> PrometheusDuration.text(window.toNanos()))
                .toList();
        String title = "Burn rate over " + String.join(" and ", windows) + ": " + burning.alert();
        Panel panel = Panel.graph(title, "short", prometheus);
        windows.forEach(window -> panel.query(burnRate(window), window));
        String share = GoFloat.g(burning.percent() / 100, DIGITS);
        String hours = GoFloat.g(burning.longWindow().toMillis() / HOUR_MILLIS, DIGITS);
        return panel.threshold(
                "round(" + share + " * 24 / " + hours + " * max(slo:time_period:days" + by + "), 0.01)", "fires above");
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
