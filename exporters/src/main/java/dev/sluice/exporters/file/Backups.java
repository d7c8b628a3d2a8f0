package dev.sluice.exporters.file;

import dev.sluice.api.Clock;
import dev.sluice.exporters.file.FileExporterConfig.Rotation;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * The files that one file was rotated to. They stand beside it: {@code data.json} becomes
 * {@code data-2026-01-31T23-59-59.000-size.json}. How old one is its name tells.
 *
 * <p>Source: github.com/DeRuina/timberjack 1.4, which the Collector's exporter rotates with. The names of natefinch/lumberjack, which it
 * used before, lack {@code -size}; they count as well.
 */
final class Backups {
    private static final DateTimeFormatter TIMESTAMP = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH-mm-ss.SSS");
    private static final int TIMESTAMP_LENGTH = 23;
    /** What someone may have compressed afterwards. */
    private static final List<String> COMPRESSED = List.of("", ".gz", ".zst");

    private final Path file;
    private final Path directory;
    private final String prefix;
    private final String extension;
    private final Rotation rotation;
    private final Clock clock;
    private final Logger log;
    private final ZoneId zone;

    Backups(Path file, Rotation rotation, Clock clock, Logger log) {
        this.file = file;
        this.directory = Objects.requireNonNullElse(file.toAbsolutePath().getParent(), file);
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        this.prefix = (dot < 0 ? name : name.substring(0, dot)) + "-";
        this.extension = dot < 0 ? "" : name.substring(dot);
        this.rotation = rotation;
        this.clock = clock;
        this.log = log;
        this.zone = rotation.localTime() ? ZoneId.systemDefault() : ZoneOffset.UTC;
    }

    long maxBytes() {
        return rotation.maxBytes();
    }

    /** Renames the file, which is closed, to the next backup. */
    void take() throws IOException {
        Instant time = now();
        Path backup = at(time);
        // The Collector overwrites a backup of the same millisecond.
        while (Files.exists(backup)) {
            time = time.plusMillis(1);
            backup = at(time);
        }
        Files.move(file, backup, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Removes what is too much or too old. */
    void prune() {
        if (rotation.maxBackups() == 0 && rotation.maxDays() == 0) {
            return;
        }
        Map<Path, LocalDateTime> backups = new TreeMap<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                LocalDateTime time = time(entry.getFileName().toString());
                if (time != null && Files.isRegularFile(entry)) {
                    backups.put(entry, time);
                }
            }
        } catch (IOException | java.nio.file.DirectoryIteratorException e) {
            log.warn("Cannot look for old files beside {}: {}", file, e.toString());
            return;
        }
        List<LocalDateTime> newestFirst = backups.values().stream()
                .distinct()
                .sorted(Comparator.reverseOrder())
                .toList();
        Set<LocalDateTime> many = new HashSet<>();
        if (rotation.maxBackups() > 0) {
            newestFirst.stream().skip(rotation.maxBackups()).forEach(many::add);
        }
        LocalDateTime oldest = rotation.maxDays() == 0
                ? LocalDateTime.MIN
                : LocalDateTime.ofInstant(now().minus(Duration.ofDays(rotation.maxDays())), zone);
        backups.forEach((backup, time) -> {
            if (many.contains(time) || time.isBefore(oldest)) {
                remove(backup);
            }
        });
    }

    private void remove(Path backup) {
        try {
            Files.deleteIfExists(backup);
        } catch (IOException e) {
            log.warn("Cannot remove the old file {}: {}", backup, e.toString());
        }
    }

    private Path at(Instant time) {
        return directory.resolve(prefix + TIMESTAMP.format(LocalDateTime.ofInstant(time, zone)) + "-size" + extension);
    }

    /** When the file of the name was rotated away; null if it is no backup. */
    private @Nullable LocalDateTime time(String name) {
        for (String compressed : COMPRESSED) {
            String end = extension + compressed;
            int length = name.length() - prefix.length() - end.length();
            if (length >= TIMESTAMP_LENGTH && name.startsWith(prefix) && name.endsWith(end)) {
                String middle = name.substring(prefix.length(), prefix.length() + length);
                boolean reason = length == TIMESTAMP_LENGTH
                        || (middle.charAt(TIMESTAMP_LENGTH) == '-' && middle.lastIndexOf('-') == TIMESTAMP_LENGTH);
                try {
                    if (reason) {
                        return LocalDateTime.parse(middle.substring(0, TIMESTAMP_LENGTH), TIMESTAMP);
                    }
                } catch (DateTimeParseException e) {
                    // Someone else's file.
                }
            }
        }
        return null;
    }

    private Instant now() {
        long nanos = clock.epochNanos();
        return Instant.ofEpochSecond(0, nanos);
    }
}
