package dev.headway.server.files;

import dev.headway.core.setting.Setting;
import dev.headway.core.setting.SettingTree;

/**
 * The bounds of the files of jobs.
 *
 * @param maxMegabytes the largest file, in units of 1,048,576 bytes
 * @param perJob how many files a job may have
 */
public record FileSettings(
    @Setting(
            name = "files.max-megabytes",
            preset = "1024",
            min = 1,
            max = 5_120,
            text = "The largest file that a worker may upload for a job.")
        int maxMegabytes,
    @Setting(
            name = "files.per-job",
            preset = "100",
            min = 1,
            max = 1_000,
            text = "How many files a job may have.")
        int perJob) {
  /** Everything at its preset. */
  public static final FileSettings DEFAULT = SettingTree.defaults(FileSettings.class);

  /** The largest file in bytes. */
  public long maxBytes() {
    return maxMegabytes * 1_048_576L;
  }
}
