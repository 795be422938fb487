import {defineConfig} from 'vitest/config';
import {BaseSequencer, type TestSpecification} from 'vitest/node';

/** The documents' samples take longest and mostly wait: they begin first and go on beside the pages. */
class SamplesFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const samples = sorted.filter(({moduleId}) => moduleId.endsWith('samples.test.ts'));
    return [...samples, ...sorted.filter((file) => !samples.includes(file))];
  }
}

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 600_000, // against a hang: what is waited for has limits of its own
    hookTimeout: 600_000,
    maxWorkers: 3, // on two cores, too: a page mostly waits for what it is shown
    maxConcurrency: 3,
    sequence: {sequencer: SamplesFirst},
  },
});
