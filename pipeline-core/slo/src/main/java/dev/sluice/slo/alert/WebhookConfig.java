package dev.sluice.slo.alert;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.Doc;
import dev.sluice.api.config.Problems;
import dev.sluice.api.config.Squash;
import dev.sluice.transport.client.HttpClientConfig;
import dev.sluice.transport.client.HttpTarget;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A URL that is told of changes of alerts. */
public record WebhookConfig(
        @Squash @Doc("The connection.") HttpClientConfig client,

        @Doc(
                "Shape of the body: `alertmanager` as the webhooks of Alertmanager (version 4), `cloudevents` as CloudEvents 1.0 in structured JSON, an event a request.")
        WebhookFormat format,

        @Doc("Sign bodies.") @Nullable HmacConfig hmac,

        @Doc(
                "Of which changes this one is told: `pending`, `firing`, `resolved`. Where empty, as the block around it says, which is of `firing` and `resolved` where there is none.")
        List<AlertPhase> notifyOn)
        implements Config {
    /** What is told of where nothing is said. */
    static final List<AlertPhase> CHANGES = List.of(AlertPhase.FIRING, AlertPhase.RESOLVED);

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    public static final WebhookConfig DEFAULT =
            new WebhookConfig(HttpClientConfig.DEFAULT.within(TIMEOUT), WebhookFormat.ALERTMANAGER, null, List.of());

    public WebhookConfig {
        notifyOn = List.copyOf(notifyOn);
    }

    /** The same, told of those phases where it does not say itself. */
    WebhookConfig orElse(List<AlertPhase> phases) {
        return notifyOn.isEmpty() ? new WebhookConfig(client, format, hmac, phases) : this;
    }

    /** Of what it is told. */
    List<AlertPhase> phases() {
        return notifyOn.isEmpty() ? CHANGES : notifyOn;
    }

    @Override
    public void validate(Problems problems) {
        if (client.endpoint().isEmpty()) {
            problems.at("endpoint", "requires a non-empty \"endpoint\"");
        } else if (HttpTarget.parse(client.endpoint()) == null) {
            problems.at("endpoint", "endpoint must be a valid URL");
        }
        if (hmac != null && hmac.secret().reveal().isEmpty()) {
            problems.at("hmac::secret", "requires a non-empty \"secret\"");
        }
    }
}
