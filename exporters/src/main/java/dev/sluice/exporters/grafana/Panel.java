package dev.sluice.exporters.grafana;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** One panel, and its queries. */
final class Panel {
    private static final String LOKI = "loki";

    private final JsonObject model;
    private final JsonObject source;
    private final JsonArray targets = new JsonArray();
    private final JsonArray steps =
            new JsonArray().add(new JsonObject().put("color", "green").putNull("value"));
    private final JsonObject defaults;

    /** @param unit by Grafana's id: {@code short}, {@code s}, {@code bytes}, {@code percentunit} */
    private Panel(String type, String title, String unit, String sourceType, String sourceUid) {
        source = new JsonObject().put("type", sourceType).put("uid", sourceUid);
        defaults = new JsonObject().put("unit", unit);
        model = new JsonObject()
                .put("type", type)
                .put("title", title)
                .put("datasource", source)
                .put("fieldConfig", new JsonObject().put("defaults", defaults).put("overrides", new JsonArray()))
                .put("targets", targets);
    }

    static Panel graph(String title, String unit, String prometheus) {
        return new Panel("timeseries", title, unit, "prometheus", prometheus);
    }

    static Panel number(String title, String unit, String prometheus) {
        return new Panel("stat", title, unit, "prometheus", prometheus);
    }

    static Panel states(String title, String prometheus) {
        return new Panel("state-timeline", title, "short", "prometheus", prometheus);
    }

    static Panel logs(String title, String loki) {
        return new Panel("logs", title, "short", LOKI, loki);
    }

    /** @param legend with labels in double braces, such as {@code {{exporter}}} */
    Panel query(String expr, String legend) {
        char ref = (char) ('A' + targets.size());
        JsonObject target = new JsonObject()
                .put("refId", String.valueOf(ref))
                .put("datasource", source)
                .put("expr", expr)
                .put("legendFormat", legend);
        targets.add(
                source.getString("type").equals(LOKI) ? target.put("queryType", "range") : target.put("range", true));
        return this;
    }

    /** Draws a line from which on values are bad. */
    Panel threshold(double value) {
        steps.add(new JsonObject().put("color", "red").put("value", value));
        defaults.put("thresholds", new JsonObject().put("mode", "absolute").put("steps", steps));
        defaults.put("custom", new JsonObject().put("thresholdsStyle", new JsonObject().put("mode", "line")));
        return this;
    }

    JsonObject model() {
        return model.copy();
    }
}
