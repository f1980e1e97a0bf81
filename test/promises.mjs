// @ts-check

/**
 * What Plimsoll promises, each with the test that holds it: a file of this folder, and a test’s title as its source has
 * it. `npm run promises` writes the page from this list.
 *
 * @type {Record<string, Record<string, readonly [file: string, title: string]>>}
 */
export const promises = {
  'Into the page': {
    'One script tag is enough, in the head or the body, async, deferred, blocking or as a module.': [
      'e2e/hosts.test.ts',
      'shows its banner as',
    ],
    'Calls may be made before load, in any order; their promises settle, and they are one turn.': [
      'e2e/hosts.test.ts',
      'before load are one turn, in any order, and their promises settle',
    ],
    'A call by name and a call by method are the same.': [
      'e2e/calls.test.ts',
      'every call may be made by name or by method, before load or after, and settles',
    ],
    'Loaded twice is loaded once, with one warning.': [
      'e2e/hosts.test.ts',
      'is one engine with one warning when it is loaded twice',
    ],
    'What comes once a prompt is gone, or while its slot is away, throws nothing into the page.': [
      'widgets/late.test.ts',
      'newer figures and another size of the window, while the page draws its slot anew, are taken when it is back',
    ],
    'No global is added but `plimsoll`.': ['e2e/hosts.test.ts', 'adds no global but plimsoll, whatever was used'],
    'What may soon show is fetched and tried out in idle time, unseen.': [
      'e2e/lookAhead.test.ts',
      'a %s that is tried is never painted, moves nothing, and leaves the focus',
    ],
    'Whoever is far from every mark, or would be shown nothing, fetches no widget.': [
      'e2e/lookAhead.test.ts',
      'a visitor %s fetches no widget',
    ],
    'The strict policy holds, Trusted Types included, from the first frame of every widget to its answer.': [
      'e2e/hosts.test.ts',
      'is kept by every kind of widget, from the first frame to its answer',
    ],
    'A missing or broken chunk costs one error, and nothing of the host.': [
      'e2e/hosts.test.ts',
      '%s: one error that says "%s", nothing thrown, and the next load is well again',
    ],
    'A chunk of another build, as after a deploy, fails like a missing one.': [
      'e2e/hosts.test.ts',
      'a chunk of another build, as after a deploy: nothing shows, one error, nothing thrown',
    ],
    'On a server it does nothing, and throws nothing.': [
      'packages/packages.test.ts',
      'does nothing when it is imported on a server',
    ],
    'A first visit fetches up to its banner what the budget weighs, and nothing else.': [
      'e2e/file.test.ts',
      'a first visitor fetches what the budget weighs, and nothing else, up to the banner',
    ],
    'A first visit with a published file needs no validator.': [
      'e2e/published.test.ts',
      'a first visit fetches what the budget weighs, and no validator, and shows the banner',
    ],
    'A published file that was changed by hand is checked as any other, and its faults are told.': [
      'e2e/published.test.ts',
      'that was changed by hand, whose faults are told',
    ],
    'A returning visitor waits neither for the network nor for the validator.': [
      'e2e/file.test.ts',
      'decides without waiting for the network, and without the validator',
    ],
    'Nothing that the host drew is moved, over it or in an empty slot.': [
      'e2e/decent.test.ts',
      'moves nothing that the host drew, over it or in an empty slot',
    ],
    'No style leaks out, and none but what is inherited on purpose leaks in.': [
      'widgets/access.test.tsx',
      'changes nothing but what is inherited on purpose',
    ],
    '`destroy` leaves nothing behind: no element, listener, timer, channel or connection.': [
      'e2e/calls.test.ts',
      'leaves nothing behind: no element, no listener that answers, no connection; calls settle and say nothing',
    ],
    'Wrong arguments cost one error that can be read, and change nothing.': [
      'e2e/badCalls.test.ts',
      'none of them, in the end: what stood before stands, and what is said now is heard',
    ],
    'Ten thousand signals a minute, and prompts that come and go, leave a page as it was, and its user undisturbed.': [
      'e2e/longLife.test.ts',
      'ten thousand signals a minute, and prompts that come and go, leave a page as it was and its user undisturbed',
    ],
    'A thousand route changes, with prompts that come and go, leave nothing behind.': [
      'e2e/longLife.test.ts',
      'a thousand route changes, with slots and anchors and what stands in them coming and going, leave nothing behind',
    ],
    'Ten thousand calls at once all settle, and are decided together.': [
      'e2e/strangeInput.test.ts',
      'may be 10,000 calls at once: all settle, the last holds, and they are decided together',
    ],
    'A page may clobber, patch, freeze and redefine what it likes: prompts show all the same, or one error tells; the host goes on.':
      ['e2e/hostilePage.test.ts', 'nothing shows, one error tells, and the host goes on where the page'],
    'A page without a `Promise`, or with one that throws, has its prompts and blocks all the same.': [
      'e2e/hostilePage.test.ts',
      'that has %s has prompts and blocks: calls before load throw what that throws, and those after it settle',
    ],
    'A prompt that stands as the page loses its `Promise` is refused all the same.': [
      'e2e/hostilePage.test.ts',
      'left with %s while a prompt stands has it refused all the same',
    ],
    'A name of ours that every object inherits may be taken for the host’s own word, and keeps no call from settling.':
      ['e2e/hostilePage.test.ts', 'keeps no call from settling, and no guard from allowing: %s'],
    'What a page has done to the browser’s own, prompts withstand in three engines: methods, intrinsics, promises, timers.':
      ['engines/promises/strange.ts', 'shows its prompt, and takes the answer, where the page %s'],
    'Or nothing shows, one error says so, and guards answer, in three engines.': [
      'engines/promises/strange.ts',
      'shows nothing, says so once, and answers guards where the page %s',
    ],
    'A document of XHTML is one like any other, in three engines.': [
      'engines/promises/strange.ts',
      'shows its prompt in a document of XHTML, and takes the answer',
    ],
    'What is in a closed shadow root is left alone, in three engines.': [
      'engines/promises/strange.ts',
      'finds neither slot nor control in a closed shadow root, and shows the rest',
    ],
    'No prompt is on paper.': ['engines/promises/strange.ts', 'is not on paper, where the engine’s driver can print'],
    'Two versions on one page are one: the first, with its own chunks.': [
      'e2e/hostilePage.test.ts',
      'that load two versions have the first, whose chunks are its own, with one warning',
    ],
    '`plimsoll-checked.js` runs no file but those of its build.': [
      'e2e/integrity.test.ts',
      'runs no other file in the place of %s: one error tells, and the next load is well again',
    ],
    'Where the engine cannot check a chunk, as WebKit cannot, `plimsoll-checked.js` runs none.': [
      'engines/promises/install.ts',
      'checks every chunk of the checked script, and runs none where the engine cannot',
    ],
    'By npm it shows, blocks and remembers the same, under the same policy.': [
      'engines/promises/install.ts',
      'comes by npm too: the same prompts, blocks and memory under the same policy',
    ],
    'A hundred instances that come and go leave no node, listener, timer, channel or connection.': [
      'widgets/lives.test.ts',
      'a hundred that begin, show and are destroyed leave no node, listener, timer, channel or connection',
    ],
    'They leave no heap behind either.': [
      'browser/leaks.test.ts',
      'a hundred starts and destroys leave no heap, no node and no listener behind',
    ],
    'Ten thousand signals leave heap, nodes and listeners where they were.': [
      'browser/leaks.test.ts',
      'ten thousand signals leave heap, nodes and listeners where they were',
    ],
  },
  'The file': {
    'One bad trigger costs itself; each fault says where, what was found, what was expected, and the nearest name.': [
      'e2e/file.test.ts',
      'loses the bad trigger and keeps the others; each fault says where, what, what else, and the nearest name',
    ],
    'An unreachable or broken file leaves the last good one in force.': [
      'e2e/file.test.ts',
      'leaves the last good file in force where the fresh one %s, with one error',
    ],
    'What the fresh file drops or disables is withdrawn at once.': [
      'e2e/file.test.ts',
      'withdraws at once what the fresh file %s, uncounted as a refusal',
    ],
    'It is read again when the tab becomes visible, at most every 15 minutes.': [
      'e2e/file.test.ts',
      'waits for fifteen minutes and a visible tab',
    ],
    'Over its bounds it is refused whole, with one fault.': [
      'config/bounds.test.ts',
      'refuses the whole file, with one fault,',
    ],
    'No file is too wrong to be answered: nothing it holds makes the check throw.': [
      'config/properties.test.ts',
      'that is anything at all',
    ],
    'Nor do all patterns of a file together, each tried on the worst 1,000 letters.': [
      'e2e/hostileCost.test.ts',
      'as many patterns as a file may have, each on the worst 1,000 letters, make no long task',
    ],
    'What is no call, by its name or in the queue, is left out, and nothing else is.': [
      'e2e/badCalls.test.ts',
      'is left out, and nothing else is: ',
    ],
    'No file, however hostile, makes a task of over 50 ms.': [
      'e2e/hostileCost.test.ts',
      'a file that %s makes no long task',
    ],
    'A file of 100 triggers makes no long task.': [
      'e2e/badFile.test.ts',
      'a file of 100 triggers makes no long task, neither on a first visit nor on a later one',
    ],
    'Conditions mean what GrowthBook’s evaluator says, operator for operator.': [
      'core/evaluateCondition.test.ts',
      'agrees with GrowthBook',
    ],
    'Buckets are GrowthBook’s hash, version 2.': ['core/bucket.test.ts', 'agrees with GrowthBook'],
    'A pattern that could run for ever is refused when the file is checked.': [
      'config/checkRegex.test.ts',
      'lets no pattern through that takes long on 1,000 characters',
    ],
    'A file on another origin is asked for by code alone, and a redirect to one is refused.': [
      'e2e/hosts.test.ts',
      'a file that redirects to another origin is refused',
    ],
    'No user reads `undefined`: what needs an unknown value is withheld until it is known.': [
      'e2e/fileRules.test.ts',
      'that need what is not known withhold the trigger, and let it show once it is',
    ],
    'A schedule’s days are the visitor’s, the last one whole.': [
      'e2e/fileRules.test.ts',
      'names days of the visitor, the last one whole',
    ],
    'A held-out prompt takes its place and counts, and nothing shows instead.': [
      'e2e/fileRules.test.ts',
      'shows nothing, nor anything else instead; it is told at the moment it would have shown, and counts',
    ],
    'What a fuzzer makes of files, conditions, copy, links, records and calls is answered without a throw.': [
      'sdk/fuzz.test.ts',
      'a file is checked without a throw, and what is accepted is plain data',
    ],
  },
  'The four triggers': {
    'Nothing shows at 79 of 100.': ['e2e/limits.test.ts', 'shows nothing at 79 of 100'],
    'The banner shows at 80 of 100, with the figures, the next plan and what it gives.': [
      'e2e/limits.test.ts',
      'shows the banner at 80 of 100, with the figures, the next plan and what it gives',
    ],
    'It updates live, and goes more than five points under its mark.': [
      'e2e/limits.test.ts',
      'updates live, and goes when usage is more than five points under the mark',
    ],
    'It shows once a session.': ['e2e/limits.test.ts', 'shows once a session, and again in the next'],
    'The third refusal opens thirty quiet days, after which it returns.': [
      'e2e/limits.test.ts',
      'is quiet for thirty days from the third refusal, then returns',
    ],
    'A third impression that goes unanswered opens them as well.': [
      'e2e/limits.test.ts',
      'is quiet as if refused when the third goes unanswered',
    ],
    'A raised limit or plan is a new question, and ends quiet days.': [
      'e2e/limits.test.ts',
      'asks again in the same session when the limit has risen, for the question is new',
    ],
    'A new billing period begins counts again, and ends no quiet days.': [
      'core/limitStories.test.ts',
      'stays silent through a new billing period while quiet days are open',
    ],
    'Counts begin again in a new billing period in three engines.': [
      'engines/promises/caps.ts',
      'begins counts again in a new billing period',
    ],
    'A higher rung silences the lower, and each has its own counts.': [
      'e2e/limits.test.ts',
      'lets a higher rung silence the lower, and a rung speak only when usage rises to it',
    ],
    'The tooltip shows beside a locked control pointed at or focused for half a second.': [
      'e2e/features.test.ts',
      'shows beside a locked control that is pointed at for half a second',
    ],
    'It shows once per feature and user, whichever trigger asks.': [
      'e2e/features.test.ts',
      'shows once per feature and user, whichever trigger asks, and in no later session',
    ],
    'A click on a locked control is answered every time, uncounted, and its own default is left alone.': [
      'e2e/features.test.ts',
      'answers a click on the locked control every time, uncounted',
    ],
    'Features are silent after three of their prompts in a session.': [
      'e2e/features.test.ts',
      'is silent for features after three feature prompts in one session',
    ],
    'The fourth feature prompt of a session is withheld in three engines.': [
      'engines/promises/caps.ts',
      'is silent for features after three of them in one session',
    ],
    'A route near a feature answers at load too.': [
      'engines/promises/triggers.ts',
      'answers the route near a feature at load',
    ],
    'A search finds keywords as whole words, in any script, 400 ms after the last key.': [
      'e2e/features.test.ts',
      'shows for a search by keyword or name, read 400 ms after the last key',
    ],
    'The panel shows at 8 of 10 seats, in its slot.': [
      'e2e/team.test.ts',
      'shows the panel in its slot at 8 of 10, with the figures and a link to add seats',
    ],
    'Once refused, it is quiet until seats in use rise.': [
      'e2e/team.test.ts',
      'is quiet once refused by %s, until seats in use rise',
    ],
    'A team that refused is asked no more until seats in use rise, in three engines.': [
      'engines/promises/caps.ts',
      'asks a growing team no more once it refused, until seats in use rise',
    ],
    'Its bill is price × days left ÷ days in the cycle, and is not drawn where any of them is unknown.': [
      'content/bill.test.ts',
      'asks today for the days that are left',
    ],
    'A milestone is celebrated when it is passed, and nothing is celebrated late.': [
      'e2e/milestones.test.ts',
      'celebrates nothing late: the first figure ever seen is the start',
    ],
    'Only the highest of several shows, once.': ['e2e/milestones.test.ts', 'shows only the highest of several, once'],
    'The highest alone shows in three engines, and none of the others later.': [
      'engines/promises/triggers.ts',
      'celebrates only the highest of several that are passed at once, and none of them later',
    ],
    'One that could not show in its session is spent.': [
      'e2e/milestones.test.ts',
      'is spent when its session ends before it could show',
    ],
  },
  Decency: {
    'One prompt on screen over all tabs, however many open at once.': [
      'e2e/tabs.test.ts',
      'shows one banner and counts one impression when twenty tabs open at once',
    ],
    'At most three prompts a session over all tabs.': [
      'e2e/tabs.test.ts',
      'never shows more than three prompts a session over all tabs',
    ],
    'A hidden tab reserves nothing, and yields its place at once.': [
      'e2e/tabs.test.ts',
      'reserves nothing, and yields its place at once to the tab that is seen',
    ],
    'A prompt in a tab that is hidden before it counts goes at once, uncounted, when another tab asks for its place, in three engines.':
      [
        'engines/promises/tabs.ts',
        'reserves nothing in a hidden tab, and yields its place at once, uncounted, to the tab that is seen',
      ],
    'A group’s cap holds for the time that the file says, in three engines.': [
      'engines/promises/caps.ts',
      'shows two of a group in the time that the file says, and what belongs to none besides',
    ],
    'Features and milestones wait until the account is thirty days old, in three engines.': [
      'engines/promises/decent.ts',
      'waits with features and milestones, not with limits, until the account is thirty days old',
    ],
    'Caps, quiet days, snoozes and refusals hold whatever happens in three tabs, clocks set back and forward included.':
      [
        'core/properties.test.ts',
        'shows nothing against caps, quiet days, snoozes or refusals, and one prompt at a time',
      ],
    'Deciding twice is deciding the same, and `explain` says what `decide` does.': [
      'core/properties.test.ts',
      'decides the same twice, and explains what it decides',
    ],
    'A trigger that is not eligible changes nothing for the others.': [
      'core/laws.test.ts',
      'changes nothing for the others, whatever its priority',
    ],
    'Thirty quiet days are thirty times 24 hours, whatever summer time, leap days and zones make of them.': [
      'sdk/clockStories.test.ts',
      'thirty quiet days are thirty times 24 hours',
    ],
    'A session is thirty minutes at the turn of clocks, zones and years.': [
      'sdk/clockStories.test.ts',
      'a session is thirty minutes',
    ],
    'A clock that was wrong by years when the page began does no lasting harm.': [
      'sdk/clockStories.test.ts',
      'a clock that was wrong by years when the page began',
    ],
    'Quiet days are over when the file says so, however the clock was set.': [
      'core/laws.test.ts',
      'are over, however the clock was set, once it has run on for as long as the file says',
    ],
    'The highest priority wins, then the type, then the file’s order.': [
      'e2e/decent.test.ts',
      'is the highest priority, then the type, whichever way the file has them',
    ],
    'Every gate runs again at the moment of showing.': [
      'e2e/decent.test.ts',
      'every gate runs again at the moment of showing',
    ],
    'No prompt takes the focus but the milestone and a block.': ['e2e/decent.test.ts', 'takes no focus: '],
    'The milestone waits until no key has been pressed in a field for three seconds.': [
      'e2e/milestones.test.ts',
      'waits until no key has been pressed in a field for three seconds',
    ],
    'A moment at which a prompt may show is not missed, however busy the page is as it passes.': [
      'e2e/milestones.test.ts',
      'shows though the page was too busy to hear the moment at which it may',
    ],
    'While a dialog of the host is open, prompts wait or hide.': ['e2e/decent.test.ts', 'while %s of the host is open'],
    'Every prompt can be refused by pointer from its first frame, and by keyboard.': [
      'e2e/decent.test.ts',
      'by pointer, from the first frame: ',
    ],
    '“Stop showing these” ends its type for good, and no other.': [
      'e2e/decent.test.ts',
      '“Stop showing these” ends one type and no other',
    ],
    'Esc answers a modal or block always, others only where they are in use, and never a key that the host has handled.':
      ['e2e/decent.test.ts', 'is left alone once the host has handled it: '],
    'An answer in one tab closes the prompt in all.': [
      'e2e/tabs.test.ts',
      'closes a prompt in every tab when it is answered in one, and shows it in none again',
    ],
    'A plan that rises closes what it answers in every tab, and is one conversion.': [
      'e2e/tabs.test.ts',
      'closes what a rise answers in every tab, and tells of one conversion',
    ],
    'Who cannot buy reads no price, and is offered to ask an admin.': ['e2e/buyers.test.ts', 'reads no price in '],
    'Poor health and escalated support silence everything but blocks.': [
      'e2e/decent.test.ts',
      'nothing but a block shows with ',
    ],
    'Features and milestones wait until the account is 30 days old.': [
      'e2e/decent.test.ts',
      'features and milestones wait until the account is 30 days old, limits and seats do not',
    ],
    'A session ends after 30 minutes without the user’s own activity, and takes its prompt with it, uncounted.': [
      'e2e/sessions.test.ts',
      'ends after 30 minutes without activity: at 29 the prompt stands, at 31 it is withdrawn, no refusal',
    ],
    'A tab that is too busy to say that it is there keeps what stands in it: no other shows the same.': [
      'e2e/tabs.test.ts',
      'shows a prompt once though the tab that it stands in is too busy to say so when another asks',
    ],
    'A frozen page shows nothing that was refused meanwhile, and keeps the screen from no other.': [
      'e2e/pageLives.test.ts',
      'a frozen page keeps its place from nobody, and shows nothing that was refused meanwhile',
    ],
    'A page that was hidden for days shows nothing of the session before.': [
      'e2e/pageLives.test.ts',
      'a page hidden for two days shows nothing of the session before, and begins another when it is looked at',
    ],
    'An impression is one second of half the widget on screen.': [
      'widgets/seen.test.tsx',
      'is reported once, after one second on screen',
    ],
    'A question that was put off for a time is asked again when it is over.': [
      'core/outcome.test.ts',
      'puts the question off until the moment it says, and no longer where it is shown and left again after that',
    ],
    'Remind me later waits for the next session.': [
      'e2e/limits.test.ts',
      'is put off to the next session by Remind me later, which is a refusal too',
    ],
    'A paused page shows nothing but blocks, and nothing late afterwards.': [
      'e2e/calls.test.ts',
      'withdraw what is on screen, uncounted, and show nothing late',
    ],
    'Whatever happens in several tabs, with kills, freezes, clocks set back and storage that fails, the engine shows and counts what naive books kept by the contract say.':
      ['sdk/model/model.test.ts', 'shows, withholds and counts what the contract says, whatever happens in its tabs'],
    'In a storm of signals over many tabs no cap is exceeded by one.': [
      'e2e/storms.test.ts',
      'never draws two prompts at once, nor one over a cap, in %i frames that storm',
    ],
    'Nor do two stand at once, in three engines.': [
      'engines/promises/tabs.ts',
      'never draws two prompts at once, nor one over a cap, in five frames that storm',
    ],
  },
  'Guard and blocks': {
    'Under the limit the answer is immediate, and nothing shows.': [
      'e2e/guard.test.ts',
      'allows without waiting, and shows nothing: ',
    ],
    'Over it, the block stands until the user is done, and answers.': [
      'e2e/guard.test.ts',
      'shows the panel as a dialog, and answers on Cancel',
    ],
    'A limit that rises enough lets the user go on.': [
      'e2e/guard.test.ts',
      'lets the user go on once the limit has risen enough',
    ],
    'Whatever is missing, late or broken, the user goes on within three seconds.': [
      'e2e/guardUnavailable.test.ts',
      'lets the user go on: ',
    ],
    'Without storage a block still stands, and answers.': [
      'e2e/guardUnavailable.test.ts',
      'blocks, goes on, and lets the user go on when the limit rises: ',
    ],
    'The context is read again before a block, so that nobody is blocked after paying.': [
      'e2e/guardPages.test.ts',
      'reads it again before a block, so that nobody is blocked after paying',
    ],
    'No block covers the pages its links lead to, nor those of `neverBlock`.': [
      'e2e/guardPages.test.ts',
      'refuses without a widget: ',
    ],
    'No cap, quiet day, pause, holdout, guardrail or opt-out holds a block back.': [
      'e2e/guardRules.test.ts',
      'blocks whatever prompts have to heed:',
    ],
    'A block counts for nothing: no impression, no refusal.': [
      'e2e/guardRules.test.ts',
      'is no impression, and Cancel and Esc are no refusal: the panel comes as if nothing had been',
    ],
    'The same request joins the open block; another is refused at once.': [
      'e2e/guard.test.ts',
      'joins the same request, and refuses another at once without a widget',
    ],
    'A marked form is stopped in capture, and sent again with its submitter once it is allowed.': [
      'e2e/guardPages.test.ts',
      'is stopped over the limit, and sent again with its own submitter once the limit has risen',
    ],
    'What was asked for is told once, in one tab, when it fits within 24 hours.': [
      'e2e/guardReturn.test.ts',
      'tells in one tab of several',
    ],
    'The server has the last word: the demo’s refuses the 11th seat whatever the page says.': [
      'e2e/demoFlows.test.ts',
      'refuses the 11th seat on the server where the page was tampered with',
    ],
  },
  'The ledger': {
    'A place is granted in one transaction: four connections that ask 40 times each get exactly the cap.': [
      'browser/indexedDbStore.test.ts',
      'grants exactly the cap to four connections that ask 40 times each',
    ],
    'A place that is not confirmed within ten seconds is given back.': [
      'core/tabStories.test.ts',
      'give a place back that was not confirmed within ten seconds',
    ],
    'The place of a tab that is gone goes to the next.': [
      'e2e/tabs.test.ts',
      'gives the place of a tab that is gone to the next, whose prompt then counts',
    ],
    'A refusal seen to close outlives a browser killed right after.': [
      'e2e/kill.test.ts',
      'as the widget closed shows it no more: ',
    ],
    'A browser killed at any moment of a prompt’s life loses no refusal, exceeds no cap, and frees its place.': [
      'e2e/killMoments.test.ts',
      'loses no refusal, exceeds no cap, and frees its place: ',
    ],
    'What an anonymous visitor refused is moved once and whole, whenever the browser is killed.': [
      'e2e/killMoments.test.ts',
      'moves what an anonymous visitor refused once, whole: ',
    ],
    'A refusal outlives a tab that is closed, crashed or led away in the same task.': [
      'e2e/kill.test.ts',
      'a page that ends right after the answer',
    ],
    'A refusal made while storage hangs is kept in the journal, and counted once.': [
      'e2e/kill.test.ts',
      'whose storage hangs, keeps a refusal in the journal until it can be handed over',
    ],
    'A year of daily use stays under 20 KB.': [
      'core/laws.test.ts',
      'keeps the record of a year of daily use under 20 KB',
    ],
    'Another account is another account, and never a rise.': [
      'e2e/privacy.test.ts',
      'another account is another account, and never a rise',
    ],
    'What an anonymous visitor refused moves to the user who comes to be known, never back.': [
      'e2e/privacy.test.ts',
      'counts of an anonymous visitor move to the user who comes to be known, and stay there',
    ],
    'Each rise of plan or limit is told once.': ['core/properties.test.ts', 'tells of each rise of plan or limit once'],
    'A user who leaves ends their session in every tab, and nobody else’s.': [
      'sdk/instance.test.ts',
      'a tab that hears late of another user ends nobody’s session but that of who left',
    ],
    'A prompt leaves the screen, unrefused, when its user logs out in another tab, in three engines.': [
      'engines/promises/tabs.ts',
      'takes a prompt off the screen, unrefused, when the user logs out in another tab, and shows none until somebody is there',
    ],
    'A page that was left shows nothing on the way back that was refused meanwhile, in three engines.': [
      'engines/promises/lacking.ts',
      'shows nothing that was refused while its page was left, whether that is kept for the way back or not',
    ],
  },
  'Storage that fails': {
    'Without storage nothing but a block shows, and one error says why.': [
      'e2e/storage.test.ts',
      '%s: shows nothing, says so once, and lets a block stand',
    ],
    'Storage is opened at the start, before it is needed, and never on the way from a signal to its prompt.': [
      'e2e/lookAhead.test.ts',
      'the database is opened at the start, and never again for signals, for a prompt, or for its refusal',
    ],
    'It recovers by itself.': ['e2e/storage.test.ts', '%s: recovers by itself when it can'],
    'No call waits for storage longer than a second.': [
      'e2e/storage.test.ts',
      'hangs, for another page holds a transaction without end, is waited for no longer than a second, and recovers',
    ],
    'A later version in another tab takes over, and the older one goes on without a prompt.': [
      'e2e/storageLives.test.ts',
      'a later version in another tab, whose database and record are of another form, takes over',
    ],
    'A record of a later version is left alone.': [
      'e2e/storage.test.ts',
      'by a later version is not overwritten, and told once',
    ],
    'A spoiled record is set aside, and means fewer prompts, not more.': [
      'e2e/storage.test.ts',
      'is set aside, told once, and silent for the session: ',
    ],
    'What can still be read of it is kept.': [
      'e2e/storage.test.ts',
      'in part keeps the rest: an opt-out outlives garbage beside it',
    ],
    'A store that the host gives is trusted no further.': [
      'e2e/storage.test.ts',
      'a host gives by itself, and that answers nothing, throws or lies, is no better trusted',
    ],
    'A clock set back lengthens no silence, and one set forward is believed.': [
      'e2e/storage.test.ts',
      'set back lengthens no silence: a refusal of the future is read, and stored again, as now',
    ],
    'A disk that fills up at any write shows a prompt no more than once, and counts all of it once there is room.': [
      'e2e/storage.test.ts',
      'is full from write %i on: shows no more than once, and counts all of it once there is room',
    ],
    'A frame of another site that may store nothing still has its blocks.': [
      'e2e/storage.test.ts',
      'of another site that may store nothing, nothing shows, one error says so, and a block stands',
    ],
  },
  'Links and text': {
    'Copy, names and traits are text, whatever they say, in every kind of widget.': [
      'e2e/hostile.test.ts',
      'in the copy and traits of every kind of widget',
    ],
    'A link that runs script or leads elsewhere is a fault in every disguise.': [
      'e2e/hostile.test.ts',
      'that run script or name no host are faults in every disguise, each of its trigger alone',
    ],
    'A value in a link is one encoded value, and never climbs.': [
      'e2e/hostile.test.ts',
      'take a trait as one encoded value, whatever it holds, and none where it would climb',
    ],
    'A link is checked again when it is clicked.': [
      'widgets/outcomes.test.tsx',
      'is neither followed nor reported once the page has changed it to ',
    ],
    'A hostile theme changes nothing, value for value.': [
      'widgets/access.test.tsx',
      'is passed over, value for value, where it is hostile or no such thing',
    ],
    'Names from the page and the endpoint are bounded text, each in a line of its own.': [
      'e2e/hostileText.test.ts',
      'from the page are shown as bounded text, each in a line of its own',
    ],
    'An endpoint’s answer that is too deep or too long costs one error, and nothing of the page.': [
      'e2e/hostileText.test.ts',
      'are none in an endpoint’s answer that is %s: the page goes on, and guards answer',
    ],
    'A `<base>` that leads away leads neither the file, nor the code, nor the links away.': [
      'e2e/hostilePage.test.ts',
      'whose <base> leads away lead neither the file, nor the code, nor the links away',
    ],
  },
  Privacy: {
    'Where consent is required, nothing is opened, read or stored before it is given.': [
      'e2e/privacy.test.ts',
      'where it is required, nothing is opened, read or stored before it is given, and nothing shows',
    ],
    'Consent withdrawn clears the record.': [
      'e2e/privacy.test.ts',
      'withdrawn, takes the prompt away, clears the record, and shows nothing until the next load',
    ],
    '`forget` clears this user’s record in every tab, at whatever moment.': [
      'e2e/privacy.test.ts',
      'clears this user’s record in every tab, withdraws what stands, and shows nothing until the next load',
    ],
    'A page that was kept for the way back while its user was forgotten stores nothing when it is back.': [
      'e2e/pageLives.test.ts',
      'stores nothing of who was %s meanwhile, %s, shows nothing and says so once, until the next load',
    ],
    '`optOut` holds in every tab and on every later load.': [
      'e2e/privacy.test.ts',
      'of one type ends that type alone, in every tab and on every later load; optIn takes it back',
    ],
    'Stored are ids as hashes, times and counts: no trait, copy, query or URL.': [
      'e2e/readBack.test.ts',
      'stores hashes, times and counts under the names of the file: no trait, copy, query or address',
    ],
    'Nothing is sent anywhere: the only requests are for the host’s own files.': [
      'e2e/readBack.test.ts',
      'stores hashes, times and counts under the names of the file: no trait, copy, query or address',
    ],
    'Every stored field is on [the data page](data.md), and the page lists no other.': [
      'sdk/dataPage.test.ts',
      'the data page lists every field that is read, and no other,',
    ],
    'Who opted out is remembered by a hash and the types, and nothing more.': [
      'e2e/readBack.test.ts',
      'remembers who opted out by a hash and the types, of a known user and of nobody known',
    ],
  },
  Everyone: {
    'axe finds nothing, and leaves nothing open, in any widget and state, light and dark, at 320 px, from right to left.':
      ['widgets/access.test.tsx', 'axe finds nothing, and leaves nothing open'],
    'Nothing is cut off at 320 px, nor at twice the text size.': ['widgets/access.test.tsx', 'nothing sticks out'],
    'Targets are 24 px at least, 44 where the pointer is coarse.': [
      'widgets/access.test.tsx',
      'are 44 px at least where the pointer is coarse',
    ],
    'A dialog keeps Tab inside, and gives the focus back.': [
      'widgets/keyboard.test.tsx',
      'keeps Tab inside, in both directions: ',
    ],
    'Every control is reached by Tab, in every state, and answers Enter and Space as it does a click.': [
      'widgets/activate.test.tsx',
      'Tab reaches each control, and Enter and Space do what a click does: ',
    ],
    'A stray Enter answers nothing.': [
      'widgets/keyboard.test.tsx',
      'takes the focus itself, so that a stray Enter answers nothing: ',
    ],
    'A prompt that is no dialog is announced once, politely.': [
      'widgets/status.test.ts',
      'says so once, politely, in a region that was there before, in the light tree',
    ],
    'What was announced is not met again by a reader that goes on to the page’s end.': [
      'widgets/status.test.ts',
      'is empty again: nobody reads it twice',
    ],
    'Its tooltip is entered by Tab from its control, and left to what follows.': [
      'widgets/keyboard.test.tsx',
      'is entered by Tab from its control, and left by Tab to what follows that',
    ],
    'The element with the focus is not covered.': [
      'e2e/decent.test.ts',
      'keeps the banner off the element that has the focus',
    ],
    'A hostile style sheet is beaten, or keeps the impression from being counted.': [
      'widgets/seen.test.tsx',
      'is either beaten or keeps the impression from being counted: ',
    ],
    'What a screen reader is told of every state, and where Tab goes, is written down.': [
      'widgets/heard.test.tsx',
      'reads, and is walked by Tab',
    ],
    'Text stands out by 4.5 to 1 in the picture itself, in every state, light and dark.': [
      'widgets/contrast.test.tsx',
      'text stands out by 4.5 to 1, what is no text by 3 to 1, light and dark: %s',
    ],
    'Nothing is lost in forced colours, at twice the text size, or at 400 %.': [
      'widgets/zoom.test.tsx',
      'at 400 % of 1280 × 1024 everything can be brought into view',
    ],
    'No word of the plan comparison breaks, however narrow the screen and large the text.': [
      'widgets/zoom.test.tsx',
      'no word of the comparison breaks at 320 px, with text of twice the size, and all of it can be scrolled to',
    ],
    'Every control can be reached over a keyboard on the screen.': [
      'widgets/zoom.test.tsx',
      'every control of %s can be reached in what is left',
    ],
    'The ring around what has the focus stands out by 3 to 1, in forced colours too.': [
      'widgets/focusRing.test.tsx',
      'around each control of $name, $look $accent',
    ],
    'A page that the browser translates goes on, and says newer figures.': [
      'widgets/translated.test.tsx',
      'says newer figures, and only those',
    ],
    'A host’s focus trap and its Esc keep working.': ['widgets/guest.test.tsx', 'a focus trap of the host'],
    'All that a user can notice is held in Chromium, Firefox ESR and WebKitGTK alike.': [
      'engines/hold.ts',
      'The four triggers fire at their moment, and their widgets are drawn',
    ],
    'What an engine lacks has a fallback: routes without the Navigation API, places without anchor positioning, one prompt without channels.':
      ['engines/promises/lacking.ts', 'finds a route that a host’s router and the back button lead to: %s'],
    'Each kind is dark in the dark, can be read there, and does not move where less motion is asked for, in three engines.':
      ['engines/promises/wishes.ts', 'is dark in the dark, can be read there, and does not move: %s'],
    'At 320 px every control of every kind is within the screen, in three engines.': [
      'engines/promises/wishes.ts',
      'fits a screen of 320 px%s: every control of every kind within it',
    ],
  },
  Events: {
    'Listeners get the detail and the event; the page hears the same on `window`.': [
      'e2e/events.test.ts',
      'gets the detail and the event; DOM listeners hear the same event on window',
    ],
    'A listener that throws stops nothing.': [
      'e2e/events.test.ts',
      'that throws is one error event; the others are still called, and the prompt goes on',
    ],
    'A host’s router takes a link over by preventing the click.': [
      'e2e/events.test.ts',
      'takes a link over by preventing the click: nothing navigates, and the prompt is answered in all tabs',
    ],
    'A conversion lists what was shown before it, and names the last clicked.': [
      'e2e/events.test.ts',
      'conversion lists what was shown before it, and names the last clicked',
    ],
    '`withheld` says the reason, once per trigger, reason and session.': [
      'e2e/events.test.ts',
      'withheld says the reason, once per trigger, reason and session',
    ],
    '`report` counts exactly for a host that draws by itself.': ['e2e/calls.test.ts', 'counts exactly: '],
  },
  'Before it ships': {
    '`plimsoll check` tells every kind of fault, where it stands, and how to mend it.': [
      'cli/faults.test.ts',
      'tells of every kind of fault that a file of bounded size can have, and how to mend each',
    ],
    'It finds what the browser’s own checking finds.': [
      'lint/lint.test.ts',
      'finds what parseConfig finds, each in the text: $name',
    ],
    'It ends with 0 where all is well, 1 where there are faults, 2 where a file cannot be read.': [
      'cli/check.test.ts',
      '2 where a file cannot be read, and checks the others all the same',
    ],
    'It reads as well in 40 columns, and without colour.': ['cli/faults.test.ts', 'in 40 columns fits: $title'],
    '`plimsoll publish` writes no file with faults, and leaves what was there.': [
      'cli/publish.test.ts',
      'where the file has faults, which it tells',
    ],
    'A simulation counts what the ledger holds: it plays by the engine’s own core.': [
      'simulate/properties.test.ts',
      'the report counts what the events tell and what the ledger holds',
    ],
    'The same seed gives the same counts, on one core or many.': [
      'cli/simulate.test.ts',
      'counts on all cores what one alone counts',
    ],
    'No cap is exceeded in any simulated life.': [
      'simulate/properties.test.ts',
      'no cap is exceeded, and what was refused is quiet for as long as the file says',
    ],
    '`plimsoll diff` finds nothing where only the writing differs.': [
      'cli/simulate.test.ts',
      'finds nothing where only the writing differs',
    ],
    'Its one file runs alone: nothing is installed for it.': [
      'cli/frame.test.ts',
      'as one file that a shell can run, with all that it needs but node inside',
    ],
  },
  'In the studio': {
    'What is typed is drawn by the real widgets, and whoever writes keeps the focus.': [
      'studio/preview.test.ts',
      'draws what is typed, while it is typed, and leaves the caret where it is',
    ],
    'Text and form edit one document, and what is not edited stays as it was written.': [
      'studio/editor.test.ts',
      'edits the same document as fields, and keeps all else as it was written',
    ],
    'The form has a field for every key that the schema knows, and writes what the file had not behind what it had.': [
      'studio/form.test.ts',
      'has a field for every key that the schema knows, with the value that stands there',
    ],
    'A holdout too small to show anything is told there too.': [
      'studio/editor.test.ts',
      'weighs a holdout against a simulation, and says so until that is done',
    ],
    'A journeys file is played and compared by, and its faults stand in place.': [
      'studio/journeys.test.ts',
      'tells each fault of a journeys file with its place, and leads there',
    ],
    'Every reason is told in a sentence, with the engine’s own figures.': [
      'studio/reasons.test.ts',
      'has a sentence and a name for every reason there is, and none for what there is not',
    ],
    'Nothing is sent anywhere: its policy lets no connection out.': [
      'studio/files.test.ts',
      'sends nothing anywhere: its policy lets no connection out',
    ],
    'Work in progress survives a reload, to the last key.': [
      'studio/files.test.ts',
      'loses not even the last key to a reload',
    ],
    'A link carries the whole file, and a colleague sees the same.': [
      'studio/files.test.ts',
      'carries the file in a link, to a colleague who sees the same',
    ],
    'A simulation never makes the page wait, and each picture’s figures stand in a table under it.': [
      'studio/simulate.test.ts',
      'never makes the page wait, says how far it is, and stops what nobody waits for any more',
    ],
    'axe finds nothing in any part, in light and dark.': [
      'studio/access.test.ts',
      'leaves axe nothing to find in any part, in %s',
    ],
    'Its examples have neither a fault nor a piece of advice.': [
      'studio/examples.test.ts',
      '$name has neither a fault nor a piece of advice',
    ],
  },
}
