package dev.sluice.extensions.filestorage;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.Doc;
import dev.sluice.api.config.Problems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/** The block of a {@code file_storage} extension. */
public record FileStorageConfig(
        @Doc("Where components have a directory each.") String directory,

        @Doc("How long to wait for a directory that another process still has.")
        Duration timeout,

        @Doc("Accepted, without effect: what a component keeps is bounded by the component.")
        long maxSize,

        @Doc("Accepted: what components keep is always forced to disk.")
        boolean fsync,

        @Doc("Make the directory where there is none.") boolean createDirectory,

        @Doc("The permissions of a directory that is made, in octal.")
        String directoryPermissions,

        @Doc("Accepted: a damaged file is always set aside, and the start goes on without it.")
        boolean recreate,

        @Doc("Accepted, without effect: there is no database to compact.")
        Compaction compaction)
        implements Config {
    public static final FileStorageConfig DEFAULT = new FileStorageConfig(
            "/var/lib/otelcol/file_storage", Duration.ofSeconds(1), 0, false, false, "0750", false, Compaction.DEFAULT);

    private static final int OCTAL = 8;
    private static final int ALL = 0777;

    @Override
    public void validate(Problems problems) {
        checkDirectory(problems);
        if (createDirectory) {
            int mode = mode();
            if (mode < 0) {
                problems.at(
                        "directory_permissions", "directory_permissions value must be a valid octal representation");
            } else if ((mode & ALL) != mode) {
                problems.at("directory_permissions", "directory_permissions contain invalid bits for file access");
            }
        }
        if (compaction.onRebound() && !compaction.checkInterval().isPositive()) {
            problems.at(
                    "compaction::check_interval",
                    "compaction check interval must be positive when rebound compaction is set");
        }
    }

    private void checkDirectory(Problems problems) {
        Path path;
        try {
            path = Path.of(directory);
        } catch (InvalidPathException e) {
            problems.at("directory", "not a path: " + e.getReason());
            return;
        }
        if (!Files.exists(path)) {
            if (!createDirectory) {
                problems.at(
                        "directory",
                        "directory must exist: stat " + directory
                                + ": no such file or directory. You can enable the create_directory option to automatically create it");
            }
        } else if (!Files.isDirectory(path)) {
            problems.at("directory", directory + " is not a directory");
        }
    }

    /** The permissions as bits; -1 if they are not octal. */
    private int mode() {
        try {
            return Integer.parseInt(directoryPermissions, OCTAL);
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    /** Valid. The nine permissions are declared from that of the owner to read, the highest bit, to that of others to execute. */
    Set<PosixFilePermission> permissions() {
        Set<PosixFilePermission> granted = EnumSet.noneOf(PosixFilePermission.class);
        int bit = (ALL + 1) >> 1;
        for (PosixFilePermission permission : PosixFilePermission.values()) {
            if ((mode() & bit) != 0) {
                granted.add(permission);
            }
            bit >>= 1;
        }
        return granted;
    }

    /** The block {@code compaction}. */
    public record Compaction(
            @Doc("Accepted, without effect.") boolean onStart,
            @Doc("Accepted, without effect.") boolean onRebound,
            @Doc("Accepted, without effect.") String directory,
            @Doc("Accepted, without effect.") long reboundNeededThresholdMib,
            @Doc("Accepted, without effect.") long reboundTriggerThresholdMib,
            @Doc("Accepted, without effect.") long maxTransactionSize,
            @Doc("Accepted, without effect.") Duration checkInterval,
            @Doc("Accepted, without effect.") boolean cleanupOnStart)
            implements Config {
        public static final Compaction DEFAULT = new Compaction(
                false, false, "/var/lib/otelcol/file_storage", 100, 10, 65_536, Duration.ofSeconds(5), false);
    }
}
