package dev.sluice.slo.alert;

import dev.sluice.api.ComponentContext;
import dev.sluice.api.Meters.Counter;
import dev.sluice.api.Outcome;
import dev.sluice.otlp.Bytes;
import dev.sluice.transport.client.HttpChannel;
import dev.sluice.transport.client.HttpClientConfig;
import dev.sluice.transport.client.HttpOutcome;
import dev.sluice.transport.client.HttpTarget;
import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One place that is told of alerts: an Alertmanager, or a webhook. On one loop. */
public final class AlertDestination {
    private static final long NANOS = 1_000_000;

    private final HttpTarget target;
    private final AlertFormat format;
    private final @Nullable Signature signature;
    private final ComponentContext context;
    private final HttpChannel channel;
    private final AlertLatency latency;
    private final Counter sent;
    private final Counter refused;

    private AlertDestination(
            HttpClientConfig client,
            HttpTarget target,
            AlertFormat format,
            @Nullable Signature signature,
            ComponentContext context) {
        this.target = target;
        this.format = format;
        this.signature = signature;
        this.context = context;
        this.channel = new HttpChannel(client, context);
        this.latency = new AlertLatency(context);
        Map<String, String> labels = Map.of("destination", name());
        sent = context.meters()
                .counter("slo_alerts_sent", "{alert}", "Alerts that a destination has acknowledged.", labels);
        refused = context.meters()
                .counter(
                        "slo_alerts_refused",
                        "{alert}",
                        "Alerts that a destination has refused or not answered, at each attempt.",
                        labels);
    }

    /** All the Alertmanagers of a valid configuration. */
    public static List<AlertDestination> of(AlertmanagerConfig config, ComponentContext context) {
        List<AlertDestination> all = new ArrayList<>();
        for (HttpTarget target : config.targets()) {
            all.add(new AlertDestination(config.effectiveClient(), target, new AlertmanagerApi(), null, context));
        }
        return all;
    }

    /**
     * The webhook of a valid configuration.
     *
     * @param externalUrl where people find this Sluice, as messages in Alertmanager's shape say it
     */
    public static AlertDestination of(WebhookConfig config, String externalUrl, ComponentContext context) {
        HttpTarget target =
                Objects.requireNonNull(HttpTarget.parse(config.client().endpoint()), "the configuration is valid");
        AlertFormat format = switch (config.format()) {
            case ALERTMANAGER ->
                new AlertmanagerWebhook(config.phases(), context.id().toString(), externalUrl);
            case CLOUDEVENTS -> new CloudEvents(config.phases());
        };
        Signature signature = config.hmac() == null ? null : new Signature(config.hmac());
        return new AlertDestination(config.client(), target, format, signature, context);
    }

    /** Reads keys and certificates; connects to nothing. */
    public Future<?> start() {
        return channel.start();
    }

    public Future<?> stop() {
        return channel.stop();
    }

    /** Without what a URL may hold of secrets. */
    public String name() {
        int query = target.path().indexOf('?');
        return (target.ssl() ? "https://" : "http://") + target.host() + ":" + target.port()
                + (query < 0 ? target.path() : target.path().substring(0, query));
    }

    /** Sends what the destination wants to hear until a request is refused; what is said of one alert goes in order. The future does not fail. */
    public Future<Outcome> send(List<AlertNotice> notices) {
        Deque<AlertNotice> queue =
                new ArrayDeque<>(notices.stream().filter(this::wants).toList());
        AlertRequests requests = requests();
        List<Future<Outcome>> all = new ArrayList<>();
        for (int i = 0; i < format.maxRequests(); i++) {
            all.add(send(queue, requests));
        }
        return Future.all(all)
                .map(_ -> all.stream()
                        .map(Future::result)
                        .filter(Outcome.Refused.class::isInstance)
                        .findFirst()
                        .orElse(Outcome.ACCEPTED));
    }

    /** One request after the other, as long as there is one that may go. */
    private Future<Outcome> send(Deque<AlertNotice> queue, AlertRequests requests) {
        List<AlertNotice> batch = requests.begin(queue);
        if (batch.isEmpty()) {
            return Outcome.accepted();
        }
        return post(batch).compose(outcome -> {
            requests.end(batch);
            if (outcome instanceof Outcome.Accepted) {
                return send(queue, requests);
            }
            queue.clear();
            return Future.succeededFuture(outcome);
        });
    }

    boolean wants(AlertNotice notice) {
        return format.wants(notice, context.clock().epochNanos() / NANOS);
    }

    /** The requests of one who sends, none yet. */
    AlertRequests requests() {
        return new AlertRequests(format);
    }

    /** One request. The future does not fail. */
    Future<Outcome> post(List<AlertNotice> batch) {
        byte[] body = format.body(batch);
        Map<String, String> headers = new HashMap<>();
        headers.put("content-type", format.contentType());
        if (signature != null) {
            headers.putAll(signature.of(body));
        }
        return channel.post(target, headers, Bytes.of(body)).map(reply -> {
            Outcome outcome = HttpOutcome.of("telling " + name() + " of alerts", reply);
            switch (outcome) {
                case Outcome.Accepted _ -> {
                    sent.add(batch.size());
                    batch.forEach(this::acknowledged);
                }
                case Outcome.Refused _ -> refused.add(batch.size());
            }
            return outcome;
        });
    }

    private void acknowledged(AlertNotice notice) {
        latency.notified(notice);
        if (format.acts()) {
            latency.acted(notice);
        }
    }
}
