package dev.sluice.exporters.file;

import dev.sluice.api.ComponentId;
import dev.sluice.api.config.Config;
import dev.sluice.api.config.Doc;
import dev.sluice.api.config.Key;
import dev.sluice.api.config.Problems;
import dev.sluice.transport.client.HttpClientConfig.CompressionParams;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The block of a {@code file} exporter. */
public record FileExporterConfig(
        @Doc("The file to write to; with `group_by` a `*` in it stands for the group.")
        String path,

        @Doc(
                "Keep what is in the file and go on behind it; otherwise the file is emptied when the process starts. Not together with `rotation`, which never empties a file.")
        boolean append,

        @Doc("`json`, one request in a line, or `proto`, each request behind its length in 4 bytes, big endian.")
        String format,

        @Doc("The extension that encodes instead of `format`. There is none yet.") @Nullable
        ComponentId encoding,

        @Doc("Compress each request: `zstd`. It then stands behind its length in either format.")
        String compression,

        @Doc("How hard to compress.") CompressionParams compressionParams,

        @Doc("Go on in a new file when the file is full; there is one file of any size unless the key is there.")
        @Nullable
        Rotation rotation,

        @Doc("Accepted for the Collector's sake: nothing is held back that would need to be flushed.")
        Duration flushInterval,

        @Doc("Write to several files, by an attribute of the resource.")
        GroupBy groupBy,

        @Doc("Make the directory of the file if it is missing.")
        boolean createDirectory,

        @Doc(
                "The permissions of directories made, in octal and quotes, less the process's umask; `\"0755\"` if empty. Only with `create_directory`.")
        String directoryPermissions)
        implements Config {
    public static final FileExporterConfig DEFAULT = new FileExporterConfig(
            "",
            false,
            "json",
            null,
            "",
            CompressionParams.DEFAULT,
            null,
            Duration.ofSeconds(1),
            GroupBy.DEFAULT,
            false,
            "");

    private static final int PERMISSION_BITS = 0777;

    boolean json() {
        return format.equals("json");
    }

    boolean compresses() {
        return !compression.isEmpty();
    }

    /** The nine bits of the directories to make. */
    int permissions() {
        return directoryPermissions.isEmpty() ? 0755 : Integer.parseInt(directoryPermissions, 8);
    }

    @Override
    public void validate(Problems problems) {
        if (path.isEmpty()) {
            problems.at("path", "path must be non-empty");
        }
        if (append && rotation != null) {
            problems.at("append", "append and rotation enabled at the same time is not supported");
        }
        if (!json() && !format.equals("proto")) {
            problems.at("format", "format type is not supported");
        }
        if (encoding != null) {
            problems.at("encoding", "unknown encoding \"" + encoding + "\": there are no encoding extensions yet");
        }
        if (compresses() && !compression.equals("zstd")) {
            problems.at("compression", "compression is not supported");
        }
        if (flushInterval.isNegative()) {
            problems.at("flush_interval", "flush_interval must be larger than zero");
        }
        if (groupBy.enabled()) {
            validateGroups(problems);
        }
        validatePermissions(problems);
    }

    private void validateGroups(Problems problems) {
        if (path.indexOf('*') < 0 || path.indexOf('*') != path.lastIndexOf('*')) {
            problems.at("path", "path must contain exactly one * when group_by is enabled");
        } else if (path.startsWith("*")) {
            problems.at("path", "path must not start with * when group_by is enabled");
        }
        if (groupBy.resourceAttribute().isEmpty()) {
            problems.at(
                    "group_by::resource_attribute", "resource_attribute must not be empty when group_by is enabled");
        }
        if (groupBy.maxOpenFiles() <= 0) {
            problems.at("group_by::max_open_files", "max_open_files must be positive when group_by is enabled");
        }
    }

    private void validatePermissions(Problems problems) {
        if (!createDirectory) {
            if (!directoryPermissions.isEmpty()) {
                problems.at("directory_permissions", "directory_permissions requires create_directory to be true");
            }
            return;
        }
        try {
            if ((permissions() & PERMISSION_BITS) != permissions()) {
                problems.at("directory_permissions", "directory_permissions contain invalid bits for file access");
            }
        } catch (NumberFormatException e) {
            problems.at("directory_permissions", "directory_permissions value must be a valid octal representation");
        }
    }

    /** The block {@code rotation}. */
    public record Rotation(
            @Doc("How large the file may get, in MiB; 0 means 100.")
            int maxMegabytes,

            @Doc("Remove files that were rotated away more than so many times 24 hours ago; 0 keeps them.")
            int maxDays,

            @Doc("Keep so many files that were rotated away; 0 keeps all.")
            int maxBackups,

            @Doc("Put local time instead of UTC in the names of files that are rotated away.") @Key("localtime")
            boolean localTime)
            implements Config {
        public static final Rotation DEFAULT = new Rotation(100, 0, 100, false);

        long maxBytes() {
            return (maxMegabytes == 0 ? DEFAULT.maxMegabytes : maxMegabytes) * 1024L * 1024;
        }

        @Override
        public void validate(Problems problems) {
            if (maxMegabytes < 0) {
                problems.at("max_megabytes", "max_megabytes must not be negative");
            }
            if (maxDays < 0) {
                problems.at("max_days", "max_days must not be negative");
            }
            if (maxBackups < 0) {
                problems.at("max_backups", "max_backups must not be negative");
            }
        }
    }

    /** The block {@code group_by}. */
    public record GroupBy(
            @Doc("Write to a file for each value of `resource_attribute`.")
            boolean enabled,

            @Doc(
                    "The attribute of the resource whose value takes the place of `*` in `path`. Resources without it, or where it is no text, are not written.")
            String resourceAttribute,

            @Doc("How many files are open at a time.") int maxOpenFiles)
            implements Config {
        public static final GroupBy DEFAULT = new GroupBy(false, "fileexporter.path_segment", 100);
    }
}
