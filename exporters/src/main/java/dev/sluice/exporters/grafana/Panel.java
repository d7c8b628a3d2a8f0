package dev.sluice.exporters.grafana;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** One panel, and its queries. */
final class Panel {
    private static final String LOKI = "loki";

    private final JsonObject model;
    private final JsonObject source;
    private final JsonArray targets = new JsonArray();
    private final JsonObject defaults;
    private final JsonArray overrides = new JsonArray();

    /** @param unit by Grafana's id: {@code short}, {@code s}, {@code bytes}, {@code percentunit} */
    private Panel(String type, String title, String unit, String sourceType, String sourceUid) {
        source = new JsonObject().put("type", sourceType).put("uid", sourceUid);
        defaults = new JsonObject().put("unit", unit);
        model = new JsonObject()
                .put("type", type)
                .put("title", title)
                .put("datasource", source)
                .put("fieldConfig", new JsonObject().put("defaults", defaults).put("overrides", overrides))
                .put("targets", targets);
    }

    static Panel graph(String title, String unit, String prometheus) {
        return new Panel("timeseries", title, unit, "prometheus", prometheus);
    }

    static Panel number(String title, String unit, String prometheus) {
        return new Panel("stat", title, unit, "prometheus", prometheus);
    }

    /** @param states what the values 0, 1 and so on mean */
    static Panel states(String title, List<String> states, String prometheus) {
        Panel panel = new Panel("state-timeline", title, "short", "prometheus", prometheus);
        JsonObject names = new JsonObject();
        for (int value = 0; value < states.size(); value++) {
            names.put(
                    String.valueOf(value), new JsonObject().put("index", value).put("text", states.get(value)));
        }
        JsonObject mapping = new JsonObject().put("type", "value").put("options", names);
        panel.defaults.put("mappings", new JsonArray().add(mapping));
        return panel;
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

    /** A query whose series is the line above which others are bad. */
    Panel threshold(String expr, String legend) {
        JsonObject red = new JsonObject().put("mode", "fixed").put("fixedColor", "red");
        JsonObject dashes = new JsonObject().put("fill", "dash").put("dash", new JsonArray(List.of(10, 10)));
        overrides.add(new JsonObject()
                .put("matcher", new JsonObject().put("id", "byName").put("options", legend))
                .put(
                        "properties",
                        new JsonArray().add(property("color", red)).add(property("custom.lineStyle", dashes))));
        return query(expr, legend);
    }

    private static JsonObject property(String id, JsonObject value) {
        return new JsonObject().put("id", id).put("value", value);
    }

    JsonObject model() {
        return model.copy();
    }
}
