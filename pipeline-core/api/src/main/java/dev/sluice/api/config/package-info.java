/** The shape of configurations: records that carry their own documentation, and the blocks that all exporters share. */
@org.jspecify.annotations.NullMarked
package dev.sluice.api.config;
