import type {ComponentType, JSX} from 'preact';
import {useEffect, useState} from 'preact/hooks';
import {SignIn} from './account/sign-in.js';
import {Work} from './jobs/work-page.js';
import {useLive} from './live.js';
import {match, type Params} from './route-match.js';
import {listen, place} from './router.js';
import {account, begin, feedTopic, follow, serves} from './session.js';
import {Top} from './top.js';
import {Button, Empty, LinkButton, Loading} from './ui/parts.js';
import {Toasts} from './ui/toasts.js';

type Page = ComponentType<{params: Params}>;

interface Place {
  pattern: string;
  Page: Page;
  /** The application it belongs to. */
  needs?: string;
}

/** What is needed for a page is loaded when it is first visited. */
const PAGES: Place[] = [
  {pattern: '/', Page: Work},
  {pattern: '/job/:id', Page: later(() => import('./jobs/job-page.js').then((file) => file.JobPage))},
  {pattern: '/schedules', Page: later(() => import('./filling/list-page.js').then((file) => file.ListPage)), needs: 'filling'},
  {pattern: '/comparisons', Page: later(() => import('./filling/list-page.js').then((file) => file.ListPage)), needs: 'filling'},
  {pattern: '/schedules/new', Page: later(() => import('./filling/new-page.js').then((file) => file.NewPage)), needs: 'filling'},
  {pattern: '/comparison/:id', Page: later(() => import('./filling/comparison-page.js').then((file) => file.ComparisonPage)), needs: 'filling'},
  {pattern: '/analyses', Page: later(() => import('./fpl/list-page.js').then((file) => file.AnalysesPage)), needs: 'fpl'},
  {pattern: '/analysis/:id', Page: later(() => import('./fpl/analysis-page.js').then((file) => file.AnalysisPage)), needs: 'fpl'},
  {pattern: '/planner', Page: later(() => import('./fpl/plan/planner-page.js').then((file) => file.PlannerPage)), needs: 'fpl'},
  {pattern: '/account', Page: later(() => import('./account/account-page.js').then((file) => file.AccountPage))},
  {pattern: '/admin', Page: later(() => import('./admin/admin-page.js').then((file) => file.AdminPage))},
  {pattern: '/characteristics', Page: later(() => import('./spc/list-page.js').then((file) => file.CharacteristicsPage)), needs: 'spc'},
  {pattern: '/characteristics/files', Page: later(() => import('./spc/sources-page.js').then((file) => file.SourcesPage)), needs: 'spc'},
  {pattern: '/characteristics/alarms', Page: later(() => import('./spc/alarms-page.js').then((file) => file.AlarmsPage)), needs: 'spc'},
  {pattern: '/characteristics/machines', Page: later(() => import('./spc/machines-page.js').then((file) => file.MachinesPage)), needs: 'spc'},
  {pattern: '/characteristics/wall', Page: later(() => import('./spc/wall-page.js').then((file) => file.WallPage)), needs: 'spc'},
  {pattern: '/characteristics/new', Page: later(() => import('./spc/new-page.js').then((file) => file.NewCharacteristicPage)), needs: 'spc'},
  {pattern: '/characteristic/:id', Page: later(() => import('./spc/chart-page.js').then((file) => file.ChartPage)), needs: 'spc'},
  {pattern: '/schedule/:id/wall', Page: later(() => import('./filling/wall/wall-page.js').then((file) => file.ScheduleWallPage)), needs: 'filling'},
  {pattern: '/schedule/:id', Page: later(() => import('./filling/schedule-page.js').then((file) => file.SchedulePage)), needs: 'filling'},
];

function later(load: () => Promise<Page>): Page {
  let loaded: Page | undefined;
  return ({params}) => {
    const [page, show] = useState(() => loaded);
    const [failed, fail] = useState(false);
    useEffect(() => {
      if (page === undefined) {
        load().then((found) => show(() => (loaded = found)), () => fail(true));
      }
    }, []);
    if (failed) {
      return <Outdated />;
    }
    const Found = page;
    return Found === undefined ? <main class="page"><Loading what="the page" /></main> : <Found params={params} />;
  };
}

/** The server has been upgraded since this page was loaded, or cannot be reached. */
function Outdated(): JSX.Element {
  return (
    <main class="page">
      <Empty icon="warn" title="This page could not be loaded"
        actions={<Button kind="main" onClick={() => location.reload()}>Load again</Button>}>
        The server may have been upgraded, or cannot be reached.
      </Empty>
    </main>
  );
}

function Lost(): JSX.Element {
  return (
    <main class="page" id="main">
      <Empty icon="search" title="There is no such page" actions={<LinkButton href="/">To all work</LinkButton>}>
        The address may be mistyped.
      </Empty>
    </main>
  );
}

function found(path: string): {Page: Page; params: Params; pattern: string} | undefined {
  for (const {pattern, Page, needs} of PAGES) {
    const params = match(pattern, path);
    if (params !== undefined && serves(needs)) {
      return {Page, params, pattern};
    }
  }
  return undefined;
}

export function App(): JSX.Element {
  useEffect(() => listen((path) => found(path) !== undefined), []);
  useEffect(follow, []);
  const who = account.value;
  switch (who.kind) {
    case 'loading':
      return <main class="page"><Loading what="Headway" /></main>;
    case 'unreachable':
      return <Unreachable reason={who.reason} />;
    case 'out':
      return <><SignIn notice={who.notice} /><Toasts /></>;
    case 'anonymous':
    case 'guest':
    case 'user':
      return <Shell />;
  }
}

function Shell(): JSX.Element {
  useLive(account.value.kind === 'guest' ? undefined : feedTopic.value); // so that every page knows how the connection is
  const page = found(place.value.path);
  return (
    <div class="shell">
      <Top />
      {page === undefined ? <Lost /> : <page.Page key={place.value.path} params={page.params} />}
      <Toasts />
    </div>
  );
}

/** Asks again by itself: a server that restarts is soon back. */
function Unreachable({reason}: {reason: string}): JSX.Element {
  useEffect(() => {
    const asking = setInterval(() => void begin(), 2_000);
    return () => clearInterval(asking);
  }, []);
  return (
    <main class="page narrow">
      <Empty icon="warn" title="The server does not answer"
        actions={<Button onClick={() => void begin()}>Try now</Button>}>
        {reason} This page goes on by itself once the server is back.
      </Empty>
    </main>
  );
}

