package dev.sluice.exporters.grafana;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.Doc;
import dev.sluice.api.config.Problems;
import dev.sluice.api.config.QueueConfig;
import dev.sluice.api.config.RetryConfig;
import dev.sluice.api.config.Secret;
import dev.sluice.api.config.Squash;
import dev.sluice.transport.client.HttpClientConfig;
import dev.sluice.transport.client.HttpTarget;
import java.time.Duration;
import java.util.List;

/** Configuration of the exporter {@code grafana}. */
public record GrafanaExporterConfig(
        @Squash @Doc("The connection. `endpoint` is the URL of Grafana's front page.")
        HttpClientConfig client,

        @Doc("Token of a service account. Where empty, the user of the endpoint's URL, or `auth`.")
        Secret token,

        @Doc("The organization, where not that of the token; 0 for that.")
        int orgId,

        @Doc("How alerts become annotations.") Annotations annotations,
        @Doc("Series for live panels.") Live live,
        @Doc("Dashboards that are made.") Dashboards dashboards,
        @Doc("Where dashboards find their data.") DataSources datasources,
        @Doc("Retries.") RetryConfig retryOnFailure,
        @Doc("The queue before the exporter.") QueueConfig sendingQueue)
        implements Config {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    public static final GrafanaExporterConfig DEFAULT = new GrafanaExporterConfig(
            HttpClientConfig.DEFAULT.within(TIMEOUT),
            new Secret(""),
            0,
            Annotations.DEFAULT,
            Live.DEFAULT,
            Dashboards.DEFAULT,
            DataSources.DEFAULT,
            RetryConfig.DEFAULT,
            QueueConfig.DEFAULT.inOrder());

    /** There is a Grafana to talk to; else dashboards are written to files, and nothing else is done. */
    boolean connected() {
        return !client.endpoint().isEmpty();
    }

    @Override
    public void validate(Problems problems) {
        if (!connected() && dashboards.directory().isEmpty()) {
            problems.at("endpoint", "requires a non-empty \"endpoint\", or \"dashboards::directory\"");
        } else if (connected() && HttpTarget.parse(client.endpoint()) == null) {
            problems.at("endpoint", "endpoint must be a valid URL");
        }
        if (orgId < 0) {
            problems.at("org_id", "org_id must not be negative");
        }
        if (datasources.prometheus().uid().isEmpty()) {
            problems.at("datasources::prometheus::uid", "uid must be non-empty");
        }
        if (!datasources.loki().url().isEmpty() && datasources.loki().uid().isEmpty()) {
            problems.at("datasources::loki::uid", "a data source with a url requires a uid");
        }
        if (annotations.panelId() != 0 && annotations.dashboardUid().isEmpty()) {
            problems.at("annotations::panel_id", "panel_id requires a dashboard_uid");
        }
        if (!live.streamId().matches("[A-Za-z0-9_-]+")) {
            problems.at("live::stream_id", "stream_id must be of letters, digits, '-' and '_'");
        }
    }

    /** Annotations of alerts. */
    public record Annotations(
            @Doc("Tags of all annotations.") List<String> tags,

            @Doc("The dashboard that shows them; where empty, every one that asks for a tag.")
            String dashboardUid,

            @Doc("The panel that shows them; 0 for the whole dashboard.")
            int panelId)
            implements Config {
        public static final Annotations DEFAULT = new Annotations(List.of("sluice"), "", 0);

        public Annotations {
            tags = List.copyOf(tags);
        }
    }

    /** What goes to Grafana Live. */
    public record Live(
            @Doc("Panels find a metric in the channel `stream/STREAM_ID/METRIC`.")
            String streamId,

            @Doc(
                    "Names of metrics as they are sent, such as `http.server.request.duration`; a `*` at the end stands for any rest.")
            List<String> metrics)
            implements Config {
        public static final Live DEFAULT = new Live("sluice", List.of());

        public Live {
            metrics = List.copyOf(metrics);
        }
    }

    /** The dashboards that are made. */
    public record Dashboards(
            @Doc("Make a dashboard for each pipeline, and of what metrics tell for each JVM service and each SLO.")
            boolean enabled,

            @Doc(
                    "Routes: `legacy` is `/api/dashboards/db`, `resource` is `/apis` of Grafana 12 and later, `auto` asks Grafana's version.")
            DashboardApi.Kind api,

            @Doc("The folder; where empty, the topmost.") String folderUid,

            @Doc("The namespace of the resource routes; where empty, that of `org_id`.")
            String namespace,

            @Doc("Write dashboards as files to this folder, for provisioning, instead of sending them.")
            String directory)
            implements Config {
        public static final Dashboards DEFAULT = new Dashboards(true, DashboardApi.Kind.AUTO, "", "", "");
    }

    /** The data sources. */
    public record DataSources(
            @Doc("For metrics.") DataSource prometheus,

            @Doc("For logs; without a `uid` dashboards have none.")
            DataSource loki)
            implements Config {
        public static final DataSources DEFAULT = new DataSources(new DataSource("prometheus", ""), DataSource.DEFAULT);
    }

    /** One data source. */
    public record DataSource(
            @Doc("By which dashboards name it.") String uid,

            @Doc(
                    "Where Grafana finds the server: with it, a data source that is not there is made, and one that is there has this URL.")
            String url)
            implements Config {
        public static final DataSource DEFAULT = new DataSource("", "");
    }
}
