package dev.sluice.extensions.zpages;

import dev.sluice.api.Clock;
import dev.sluice.api.ServiceInfo;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What runs, and on what. */
record ServicePage(ServiceInfo service, Clock clock) implements Page {
    @Override
    public String path() {
        return "/debug/servicez";
    }

    @Override
    public String title() {
        return "Service";
    }

    @Override
    public JsonObject json() {
        Runtime runtime = Runtime.getRuntime();
        return new JsonObject()
                .put("command", service.command())
                .put("version", service.version())
                .put("ready", service.ready())
                .put("started", service.started().toString())
                .put("uptime_seconds", uptime().toSeconds())
                .put("java_version", Runtime.version().toString())
                .put("operating_system", System.getProperty("os.name") + " " + System.getProperty("os.arch"))
                .put("processors", runtime.availableProcessors())
                .put("heap_used_bytes", runtime.totalMemory() - runtime.freeMemory())
                .put("heap_max_bytes", runtime.maxMemory())
                .put("pipelines", service.pipelines().size())
                .put("extensions", service.extensions().size());
    }

    @Override
    public void show(Html html) {
        List<Html.Property> properties = new ArrayList<>();
        for (Map.Entry<String, Object> entry : json()) {
            String name = entry.getKey();
            String value = String.valueOf(entry.getValue());
            if (name.endsWith("_bytes")) {
                name = name.substring(0, name.length() - "_bytes".length());
                value = Figures.bytes(((Number) entry.getValue()).doubleValue());
            } else if (name.equals("uptime_seconds")) {
                name = "uptime";
                value = words(uptime());
            }
            properties.add(new Html.Property(words(name), value));
        }
        html.properties(properties);
    }

    private Duration uptime() {
        return Duration.between(service.started(), Instant.ofEpochSecond(0, clock.epochNanos()));
    }

    private static String words(String key) {
        return Character.toUpperCase(key.charAt(0)) + key.substring(1).replace('_', ' ');
    }

    private static String words(Duration duration) {
        String time =
                "%d:%02d:%02d".formatted(duration.toHoursPart(), duration.toMinutesPart(), duration.toSecondsPart());
        return duration.toDays() == 0 ? time : duration.toDays() + " days " + time;
    }
}
