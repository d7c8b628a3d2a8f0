package dev.sluice.exporters.grafana;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * A dashboard as Grafana's JSON model has it (schema version 41, classic): panels in rows of three, the queries in each. Built once, then only read.
 */
final class Dashboard {
    /** What Grafana's history says of a version. */
    static final String MESSAGE = "made by Sluice";

    /** Of the name, so that with the rest the uid keeps to Grafana's limit of 40 characters. */
    private static final int UID_WORDS = 14;

    /** Bytes of the name's hash in the uid, as hex. */
    private static final int UID_HASH = 4;

    /** As wide as Grafana's column is: where its database does not cut what is longer, it fails. */
    private static final int TITLE = 189;

    private static final int COLUMNS = 24;
    private static final int WIDTH = 8;
    private static final int HEIGHT = 8;

    private final String uid;
    private final JsonArray panels = new JsonArray();
    private final JsonObject model;

    /**
     * @param kind {@code pipeline}, {@code jvm} or {@code slo}: with the name it makes the uid, so that what is made anew replaces what there was
     */
    Dashboard(String kind, String name, String title) {
        uid = "sluice-" + kind + "-" + words(name) + "-" + hash(name);
        model = new JsonObject()
                .put("uid", uid)
                .put("title", title.substring(0, Math.min(title.length(), TITLE)))
                .put("tags", new JsonArray(List.of("sluice", kind)))
                .put("schemaVersion", 41)
                .put("editable", true)
                .put("refresh", "30s")
                .put("time", new JsonObject().put("from", "now-1h").put("to", "now"))
                .put("annotations", new JsonObject().put("list", new JsonArray().add(alerts())))
                .put("panels", panels);
    }

    String uid() {
        return uid;
    }

    JsonObject model() {
        return model.copy();
    }

    /** Its name as a file. */
    String file() {
        return uid + ".json";
    }

    /** Its text as a file. */
    String json() {
        return model.encodePrettily() + "\n";
    }

    Dashboard add(Panel panel) {
        int number = panels.size();
        panels.add(panel.model()
                .put("id", number + 1)
                .put(
                        "gridPos",
                        new JsonObject()
                                .put("x", number * WIDTH % COLUMNS)
                                .put("y", number * WIDTH / COLUMNS * HEIGHT)
                                .put("w", WIDTH)
                                .put("h", HEIGHT)));
        return this;
    }

    /** Shows the annotations of alerts on every panel. */
    private static JsonObject alerts() {
        return new JsonObject()
                .put("name", "Alerts")
                .put("enable", true)
                .put("iconColor", "red")
                .put("datasource", new JsonObject().put("type", "grafana").put("uid", "-- Grafana --"))
                .put(
                        "target",
                        new JsonObject()
                                .put("type", "tags")
                                .put("limit", 100)
                                .put("matchAny", false)
                                .put("tags", new JsonArray().add("sluice")));
    }

    private static String words(String name) {
        String plain = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        return plain.substring(0, Math.min(plain.length(), UID_WORDS));
    }

    /** Not hashCode(), by which names that differ in no more than two characters are easily alike. */
    private static String hash(String name) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, UID_HASH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
