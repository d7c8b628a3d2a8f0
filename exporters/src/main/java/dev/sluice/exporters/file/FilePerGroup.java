package dev.sluice.exporters.file;

import dev.sluice.api.Outcome;
import dev.sluice.api.Outcome.Accepted;
import dev.sluice.api.Outcome.Reason;
import dev.sluice.api.Outcome.Refused;
import dev.sluice.api.Telemetry;
import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.MalformedOtlpException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;

/** A file for each value of a resource attribute. Some files are kept open: those written to last. */
final class FilePerGroup implements Destination {
    private final ResourceGroups groups;
    private final GroupPath paths;
    private final int maxOpen;
    private final RecordFormat format;
    private final OutputFiles files;
    private final Logger log;
    /** Least recently used first. */
    private final Map<Path, OutputFile> open = new LinkedHashMap<>(16, 0.75f, true);

    FilePerGroup(FileExporterConfig config, RecordFormat format, OutputFiles files, Logger log) {
        this.groups = new ResourceGroups(config.groupBy().resourceAttribute(), log);
        this.paths = new GroupPath(config.path());
        this.maxOpen = config.groupBy().maxOpenFiles();
        this.format = format;
        this.files = files;
        this.log = log;
    }

    /** Which files there are the data tell. */
    @Override
    public void open() {}

    @Override
    public List<Outcome> write(List<Telemetry> batches) {
        List<Outcome> outcomes = new ArrayList<>(batches.size());
        for (Telemetry batch : batches) {
            try {
                outcomes.add(write(batch));
            } catch (MalformedOtlpException e) {
                outcomes.add(Outcome.permanent(Reason.INVALID, String.valueOf(e.getMessage())));
            }
        }
        return outcomes;
    }

    @Override
    public void close() {
        format.close();
        open.values().forEach(this::close);
        open.clear();
    }

    /** Refused if a group is, for now where waiting helps one of them. Tried again, it stands twice in the files of the others. */
    private Outcome write(Telemetry batch) {
        Outcome outcome = Outcome.ACCEPTED;
        for (Map.Entry<String, Bytes> part : groups.of(batch.wire()).entrySet()) {
            Outcome next = write(part.getKey(), format.record(batch.signal(), part.getValue()));
            if (next instanceof Refused refused
                    && (outcome instanceof Accepted || refused.reason().retryable())) {
                outcome = refused;
            }
        }
        return outcome;
    }

    private Outcome write(String group, Bytes record) {
        try {
            file(paths.of(group)).write(List.of(record));
            return Outcome.ACCEPTED;
        } catch (IllegalArgumentException e) {
            return Outcome.permanent(Reason.INVALID, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return Destination.refused(e);
        }
    }

    private OutputFile file(Path path) throws IOException {
        OutputFile known = open.get(path);
        if (known != null) {
            return known;
        }
        if (Files.isDirectory(path)) {
            throw new IllegalArgumentException(path + " is a directory");
        }
        if (open.size() == maxOpen) {
            Iterator<OutputFile> leastRecent = open.values().iterator();
            close(leastRecent.next());
            leastRecent.remove();
        }
        files.makeDirectory(path);
        OutputFile file = files.at(path);
        file.open();
        open.put(path, file);
        return file;
    }

    private void close(OutputFile file) {
        try {
            file.close();
        } catch (IOException e) {
            log.warn("Cannot close {}: {}", file.path(), e.toString());
        }
    }
}
