package dev.sluice.exporters.grafana;

/** One SLO: objective, errors, budget, burn rates and alerts, of the series that Sloth's rules make and those of {@code slo} too. */
final class SloDashboard {
    private static final String ZERO = " or on() vector(0)";

    /** Long window, and the burn rate at which its alert fires: the four of the SRE workbook, chapter 5. */
    private static final String[][] WINDOWS = {{"1h", "14.4"}, {"6h", "6"}, {"1d", "3"}, {"3d", "1"}};

    private SloDashboard() {}

    /**
     * @param id {@code sloth_id}
     * @param name for people
     */
    static Dashboard of(String id, String name, String prometheus) {
        String by = "{sloth_id=\"" + Text.quoted(id) + "\"}";
        Panel burn = Panel.graph("Burn rate by window", "short", prometheus);
        for (String[] window : WINDOWS) {
            burn.query(
                            "slo:sli_error:ratio_rate" + window[0] + by
                                    + " / on(sloth_id) group_left slo:error_budget:ratio" + by + ZERO,
                            window[0])
                    .threshold(Double.parseDouble(window[1]));
        }
        return new Dashboard("slo", id, "SLO: " + name)
                .add(number("Objective", "slo:objective:ratio" + by, prometheus))
                .add(number("SLI, 5 minutes", "1 - slo:sli_error:ratio_rate5m" + by, prometheus))
                .add(number("Budget remaining", "slo:period_error_budget_remaining:ratio" + by, prometheus))
                .add(Panel.graph("Budget burn-down", "percentunit", prometheus)
                        .query("slo:period_error_budget_remaining:ratio" + by + ZERO, "remaining"))
                .add(burn)
                .add(Panel.graph("Errors", "percentunit", prometheus)
                        .query("slo:sli_error:ratio_rate5m" + by + ZERO, "bad")
                        .query("1 - slo:sli_error:ratio_rate5m" + by + ZERO, "good"))
                .add(Panel.states("Alerts", prometheus)
                        .query(
                                "max by (alertname, sloth_severity) (ALERTS{sloth_id=\"" + Text.quoted(id)
                                        + "\",alertstate=\"firing\"})" + ZERO,
                                "{{alertname}} {{sloth_severity}}"));
    }

    private static Panel number(String title, String query, String prometheus) {
        return Panel.number(title, "percentunit", prometheus).query(query + ZERO, title);
    }
}
