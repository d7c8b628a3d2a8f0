package dev.sluice.api;

import dev.sluice.api.config.Config;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A component factory that can say, from a configuration alone, what files another program reads to show the service: dashboards, and the data
 * sources that they name. Nothing runs for it.
 */
public interface Provisioner<C extends Record & Config> {
    /**
     * The files: their text by path, relative to the folder that they will be in. Pure; any thread.
     *
     * @param folder the absolute path of that folder, which files may name
     */
    Map<String, String> files(C config, Subjects subjects, String folder);

    /**
     * What there is to show.
     *
     * @param jvmServices services on a JVM, by their job in Prometheus: {@code NAME}, or {@code NAMESPACE/NAME}
     */
    record Subjects(List<ServiceInfo.Pipeline> pipelines, List<String> jvmServices, List<Objective> objectives) {
        public Subjects {
            pipelines = List.copyOf(pipelines);
            jvmServices = List.copyOf(jvmServices);
            objectives = List.copyOf(objectives);
        }
    }

    /**
     * A service level objective.
     *
     * @param id the label {@code sloth_id} of its series
     * @param service whose it is
     * @param burning what its alerts look at
     */
    record Objective(String id, String service, String name, List<BurnWindows> burning) {
        public Objective {
            burning = List.copyOf(burning);
        }
    }

    /**
     * Windows that the budget of an objective must not burn too fast in.
     *
     * @param alert that tells of it: {@code page}, {@code ticket}
     * @param shortWindow the long one, where there is but one
     * @param percent of a period's budget that the long window may use up
     */
    record BurnWindows(String alert, Duration shortWindow, Duration longWindow, double percent) {}
}
