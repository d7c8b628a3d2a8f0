package dev.sluice.exporters.webhook;

import com.google.auto.service.AutoService;
import dev.sluice.api.ComponentContext;
import dev.sluice.api.ComponentFactory;
import dev.sluice.api.ComponentType;
import dev.sluice.api.Exporter;
import dev.sluice.api.ExporterFactory;
import dev.sluice.api.Placement;
import dev.sluice.api.Stability;
import dev.sluice.api.config.Delivery;
import dev.sluice.otlp.Signal;
import java.util.Map;

/** Makes {@code webhook} exporters. They live on one loop, so that what is said of an alert arrives in its order. */
@AutoService(ComponentFactory.class)
@SuppressWarnings("rawtypes") // a service is named by its raw type
public final class WebhookExporterFactory implements ExporterFactory<WebhookExporterConfig> {
    @Override
    public ComponentType type() {
        return ComponentType.of("webhook");
    }

    @Override
    public String summary() {
        return "Tells a URL of changes of alerts, which come as log records: as Alertmanager's webhooks, or as CloudEvents.";
    }

    @Override
    public WebhookExporterConfig defaultConfig() {
        return WebhookExporterConfig.DEFAULT;
    }

    @Override
    public Map<Signal, Stability> signals() {
        return Map.of(Signal.LOGS, Stability.BETA);
    }

    @Override
    public Placement placement() {
        return Placement.ONE_LOOP;
    }

    /** The time limit is of each request, of which a batch may make several, and so the exporter's own. */
    @Override
    public Delivery delivery(WebhookExporterConfig config) {
        return new Delivery(null, config.retryOnFailure(), config.sendingQueue());
    }

    @Override
    public Exporter create(WebhookExporterConfig config, ComponentContext context) {
        return new WebhookExporter(config, context);
    }
}
