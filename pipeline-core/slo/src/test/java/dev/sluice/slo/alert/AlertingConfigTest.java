package dev.sluice.slo.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.config.Secret;
import dev.sluice.testkit.Configs;
import dev.sluice.transport.client.HttpTarget;
import dev.sluice.transport.tls.ClientTlsConfig;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlertingConfigTest {
    @Test
    void targetsAreNamedAsPrometheusNamesThem() {
        AlertmanagerConfig config = with(
                "static_configs",
                List.of(group("am-0:9093", "am-1:9093"), group("am-2:9093")),
                "scheme",
                "https",
                "path_prefix",
                "/alerts/");
        assertThat(config.urls())
                .containsExactly(
                        "https://am-0:9093/alerts/api/v2/alerts",
                        "https://am-1:9093/alerts/api/v2/alerts",
                        "https://am-2:9093/alerts/api/v2/alerts");
        assertThat(Configs.problems(config)).isEmpty();
    }

    @Test
    void oneAlertmanagerMayBeNamedByItsUrl() {
        AlertmanagerConfig config = AlertmanagerConfig.DEFAULT.at("http://am:9093/am/");
        assertThat(config.urls()).containsExactly("http://am:9093/am/api/v2/alerts");
        assertThat(config.targets()).containsExactly(new HttpTarget(false, "am", 9093, "/am/api/v2/alerts", ""));
        assertThat(config.client().timeout()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void userAndPasswordOrATokenAreSent() {
        assertThat(with(
                                "endpoint",
                                "http://am",
                                "basic_auth::username",
                                "sluice",
                                "basic_auth::password",
                                new Secret("pw"))
                        .targets()
                        .getFirst()
                        .authorization())
                .isEqualTo("Basic c2x1aWNlOnB3");
        assertThat(with("endpoint", "http://u:p@am", "authorization::credentials", new Secret("token"))
                        .targets()
                        .getFirst()
                        .authorization())
                .isEqualTo("Bearer token");
    }

    @Test
    void encryptionMayBeConfiguredAsInPrometheus() {
        ClientTlsConfig tls = with(
                        "endpoint",
                        "https://am",
                        "tls_config::ca_file",
                        "ca.pem",
                        "tls_config::server_name",
                        "alerts",
                        "tls_config::insecure_skip_verify",
                        true)
                .effectiveClient()
                .tls();
        assertThat(tls.common().caFile()).isEqualTo("ca.pem");
        assertThat(tls.serverNameOverride()).isEqualTo("alerts");
        assertThat(tls.insecureSkipVerify()).isTrue();
    }

    @Test
    void whatIsWrongWithAnAlertmanagerIsSaid() {
        assertThat(Configs.problems(AlertmanagerConfig.DEFAULT))
                .containsExactly("endpoint must be non-empty, or static_configs name an Alertmanager");
        assertThat(Configs.problems(with(
                        "static_configs",
                        List.of(group("a b")),
                        "scheme",
                        "gopher",
                        "api_version",
                        "v1",
                        "basic_auth::username",
                        "u",
                        "authorization::type",
                        "Bearer")))
                .containsExactly(
                        "no address of an Alertmanager: \"gopher://a b/api/v2/alerts\"",
                        "scheme: must be http or https, not \"gopher\"",
                        "api_version: only v2 is supported, not \"v1\"",
                        "authorization: at most one of basic_auth and authorization may be configured");
    }

    @Test
    void whatIsWrongWithAWebhookIsSaid() {
        assertThat(Configs.problems(WebhookConfig.DEFAULT))
                .containsExactly("endpoint: requires a non-empty \"endpoint\"");
        assertThat(Configs.problems(
                        Configs.with(WebhookConfig.DEFAULT, "endpoint", "hook", "hmac::header", "X-Signature")))
                .containsExactly(
                        "endpoint: endpoint must be a valid URL", "hmac::secret: requires a non-empty \"secret\"");
    }

    @Test
    void whatIsWrongWithTheBlockIsSaid() {
        assertThat(Configs.problems(AlertingConfig.DEFAULT)).isEmpty();
        assertThat(Configs.problems(Configs.with(
                        AlertingConfig.DEFAULT,
                        "resend_delay",
                        Duration.ZERO,
                        "external_labels",
                        java.util.Map.of("", "eu"))))
                .containsExactly("resend_delay: must be positive", "external_labels: a label must have a name");
    }

    private static AlertmanagerConfig with(Object... options) {
        return Configs.with(AlertmanagerConfig.DEFAULT, options);
    }

    private static AlertmanagerConfig.StaticConfig group(String... targets) {
        return Configs.with(AlertmanagerConfig.StaticConfig.DEFAULT, "targets", List.of(targets));
    }
}
