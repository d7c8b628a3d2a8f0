package dev.sluice.exporters.grafana;

import dev.sluice.api.Provisioner.Objective;
import dev.sluice.slo.spec.BurnRate;
import java.util.List;

/** One SLO: objective, errors, budget, burn rates and alerts, of the series that Sloth's rules make and those of {@code slo} too. */
final class SloDashboard {
    private static final long HOUR_SECONDS = 3_600;

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
        BurnRate.PAGE.forEach(rate -> dashboard.add(burning(rate, "page")));
        BurnRate.TICKET.forEach(rate -> dashboard.add(burning(rate, "ticket")));
        return dashboard;
    }

    /** The threshold is a series, for it depends on the period: 14.4, 6, 3 and 1 for 30 days. */
    private Panel burning(BurnRate rate, String alert) {
        String title = "Burn rate over " + rate.shortWindow() + " and " + rate.longWindow() + ": " + alert;
        return Panel.graph(title, "short", prometheus)
                .query(burnRate(rate.shortWindow()), rate.shortWindow())
                .query(burnRate(rate.longWindow()), rate.longWindow())
                .threshold(
                        "round(" + rate.share() + " * 24 / " + rate.longSeconds() / HOUR_SECONDS
                                + " * max(slo:time_period:days" + by + "), 0.01)",
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
