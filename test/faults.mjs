// @ts-check

/**
 * What may go wrong around Plimsoll, what comes of it, and the tests that hold that: a file of this folder, and a test’s
 * title as its source has it. `npm run promises` writes the page.
 *
 * @type {readonly (readonly [fault: string, outcome: string, ...tests: (readonly [file: string, title: string])[]])[]}
 */
export const faults = [
  [
    'The snippet pasted twice, the script loaded twice, or in two versions',
    'One engine, one widget, one count; one warning.',
    ['e2e/hosts.test.ts', 'is one engine with one warning when it is loaded twice'],
    ['e2e/hostilePage.test.ts', 'that load two versions have the first, whose chunks are its own, with one warning'],
  ],
  [
    'Loaded in the head, deferred, as a module, or long after the page',
    'Shows its banner. A browser too old to read the script is one where the script is missing.',
    ['e2e/hosts.test.ts', 'shows its banner as'],
    ['e2e/hosts.test.ts', 'is found when the host’s script adds it later'],
    ['e2e/hosts.test.ts', 'plimsoll.js: the host goes on, and its guards answer'],
  ],
  [
    'The file is missing, slow, offline, a page of HTML, or answered with an error',
    'The last good one stays in force; one error.',
    ['e2e/file.test.ts', 'leaves the last good file in force where the fresh one %s, with one error'],
    ['sdk/fetchText.test.ts', 'refuses %s and says why'],
  ],
  [
    'One bad trigger among many',
    'Costs itself; the fault says where, what, what else, and the nearest name.',
    [
      'e2e/file.test.ts',
      'loses the bad trigger and keeps the others; each fault says where, what, what else, and the nearest name',
    ],
    ['config/properties.test.ts', 'the full file itself has no fault, and one bad trigger costs the others nothing'],
  ],
  [
    'A file of 5 MB, of 100,000 triggers or levels, or with a megabyte of text',
    'Refused whole with one error, or read in small steps.',
    ['e2e/badFile.test.ts', 'a file that %s is refused whole with one error, and the host goes on'],
    ['e2e/hostileCost.test.ts', 'a file that %s makes no long task'],
  ],
  [
    'The file changes while a prompt stands',
    'What it drops or disables is withdrawn uncounted; all other counts stay.',
    ['e2e/file.test.ts', 'withdraws at once what the fresh file %s, uncounted as a refusal'],
  ],
  [
    'The file’s address redirects to another origin',
    'Refused; the last good file stays.',
    ['e2e/hosts.test.ts', 'a file that redirects to another origin is refused'],
    ['sdk/fetchText.test.ts', 'refuses what another origin answers by redirect, unless it may'],
  ],
  [
    'Copy that is an object, a list or a number',
    'A fault of its trigger when the file is checked; a trait of that kind withholds what needs it.',
    [
      'e2e/badFile.test.ts',
      'triggers that are hostile or wrong are faults of their own in one error, and the good one among them shows',
    ],
    ['e2e/hostile.test.ts', 'but a trait that mimics an element is no text: it withholds the trigger'],
  ],
  [
    'A link that the page changes before its click; middle clicks, and clicks with Ctrl',
    'Only the checked address opens, and one click is one.',
    ['widgets/outcomes.test.tsx', 'is neither followed nor reported once the page has changed it to'],
    ['widgets/outcomes.test.tsx', 'counts a middle click once, and leaves the right button alone'],
    ['widgets/outcomes.test.tsx', 'counts a click with Ctrl once'],
  ],
  [
    'A policy that forbids inline style, foreign files and code from text',
    'All widgets are styled and work; nothing foreign is asked for.',
    ['e2e/hosts.test.ts', 'is kept by every kind of widget, from the first frame to its answer'],
    ['e2e/hosts.test.ts', '%s of another origin is refused with one warning, and asks nobody'],
  ],
  [
    'A hostile value in the theme',
    'Passed over; nothing is requested.',
    ['widgets/access.test.tsx', 'is passed over, value for value, where it is hostile or no such thing'],
  ],
  [
    'A hostile style sheet of the page',
    'Beaten, or the prompt is not counted as seen.',
    ['widgets/seen.test.tsx', 'is either beaten or keeps the impression from being counted'],
    ['engines/promises/hostile.ts', 'is seen or counted for nothing under every sheet of the host'],
  ],
  [
    'The page empties its body, redraws its root, or goes to another route',
    'The prompt is lost or finds its place again; nothing is left behind.',
    ['e2e/hostilePage.test.ts', 'that remove our root lose the prompt, and nothing else'],
    ['e2e/fileRules.test.ts', 'is found again where the page draws it anew'],
    [
      'engines/promises/lacking.ts',
      'goes with the slot that a router swaps away with its body, and returns to the copy',
    ],
    [
      'e2e/longLife.test.ts',
      'a thousand route changes, with slots and anchors and what stands in them coming and going, leave nothing behind',
    ],
  ],
  [
    'A listener of the page that throws, or makes calls of its own',
    'The others are called; one error; no loop.',
    ['e2e/events.test.ts', 'that throws is one error event; the others are still called, and the prompt goes on'],
    ['e2e/events.test.ts', 'that makes calls of its own, or adds and removes listeners, stops nothing'],
  ],
  [
    'A renderer or a store of the host’s that throws, hangs or answers junk',
    'One error, nothing but blocks, and a deadline over every call.',
    ['e2e/storage.test.ts', 'a host gives by itself, and that answers nothing, throws or lies, is no better trusted'],
    ['sdk/instance.test.ts', 'a renderer that throws where it should fetch keeps only its own prompts away'],
  ],
  [
    'Nonsense from the host: NaN, text for numbers, cycles, getters that throw, proxies',
    'One error names it; what stood before stands; guards answer.',
    ['e2e/badCalls.test.ts', 'none of them, in the end: what stood before stands, and what is said now is heard'],
  ],
  [
    'JSON that gives a key twice, or numbers past what a number holds',
    'The last key counts; what cannot be held is a fault of its own; no id is read from digits that are lost.',
    ['sdk/strangeJson.test.ts', 'the last of two keys of one name counts, as for every reader of JSON'],
    ['sdk/strangeJson.test.ts', 'a number past what can be held is a fault of its trigger alone: %s'],
    ['sdk/strangeJson.test.ts', 'no id is read from %s, for it may name several people'],
  ],
  [
    'Calls before the start, after the end, out of order, 10,000 at once',
    'All settle; what was said first is one turn.',
    ['e2e/hosts.test.ts', 'before load are one turn, in any order, and their promises settle'],
    ['e2e/hosts.test.ts', 'after destroy do nothing and settle, and nothing is left in the page'],
    [
      'e2e/strangeInput.test.ts',
      'may be 10,000 calls at once: all settle, the last holds, and they are decided together',
    ],
  ],
  [
    'Started and destroyed a hundred times',
    'No node, listener, timer, channel or connection is left.',
    [
      'widgets/lives.test.ts',
      'a hundred that begin, show and are destroyed leave no node, listener, timer, channel or connection',
    ],
  ],
  [
    'IndexedDB is absent, throws at the touch, or never opens',
    'Nothing but a block shows; one error; it recovers by itself.',
    ['e2e/storage.test.ts', '%s: shows nothing, says so once, and lets a block stand'],
    ['e2e/storage.test.ts', '%s: recovers by itself when it can'],
    [
      'browser/indexedDbStore.test.ts',
      'takes a connection that opens after the deadline, and does nothing of the call that was refused',
    ],
  ],
  [
    'The browser blocks what sites store',
    'As without IndexedDB.',
    [
      'e2e/storage.test.ts',
      'of another site that may store nothing, nothing shows, one error says so, and a block stands',
    ],
    ['browser/journal.test.ts', 'keeps nothing, and throws nothing, where storage is refused'],
  ],
  [
    'The connection is closed under the page',
    'Opened again, once; no write is lost.',
    ['sdk/storeFaults.test.ts', 'loses no write whose connection the browser closes under it'],
    ['browser/indexedDbStore.test.ts', 'opens again, once, where the connection is closing'],
  ],
  [
    'A frozen tab that holds a transaction, or a lock',
    'Others wait a second, say so, and go on without; Plimsoll takes no lock.',
    [
      'e2e/pageLives.test.ts',
      'a page frozen in the midst of writing holds no other up: that one says so, blocks, and shows once it is gone',
    ],
    [
      'e2e/storage.test.ts',
      'hangs, for another page holds a transaction without end, is waited for no longer than a second, and recovers',
    ],
  ],
  [
    'A database or a record of a later version',
    'Left alone; nothing but blocks; what is refused meanwhile is kept beside it.',
    ['e2e/storage.test.ts', 'is of a higher version is left alone, and told once'],
    [
      'e2e/storageLives.test.ts',
      'a record that a later version writes while a prompt stands is left alone, refusals and all, and nothing more shows',
    ],
  ],
  [
    'The database is deleted by the host or another tab',
    'Not held up by us; what the user decides is kept, no more is written, and the next load works again.',
    [
      'e2e/storage.test.ts',
      'is deleted or cleared under the page is opened again: what the user decides then is kept for the next load, and no more is written',
    ],
    ['browser/indexedDbStore.test.ts', 'does not block deletion of the database, and works afterwards'],
  ],
  [
    'The browser evicts the record between two reads',
    'An open page shows nothing more and stores nothing until the next load; one error. What was refused is forgotten, for nobody kept it.',
    [
      'e2e/storageLives.test.ts',
      'what the browser evicts is not shown again before the next load: one error says so, blocks stand, nothing is stored, and that load begins anew',
    ],
  ],
  [
    'Damaged files of the profile; “error opening backing store”',
    'One error at most. The database is not rebuilt by us: no error tells damage that lasts from what passes, and refusals would be lost.',
    ['e2e/storageLives.test.ts', '%s: one error at most, the host unharmed, blocks stand, and it works once it can'],
    ['e2e/firefoxProfile.test.ts', 'spoiled files of Firefox: one error at most, the host unharmed, blocks stand'],
  ],
  [
    'A spoiled record: wrong types, NaN, 10 MB, nonsense among entries',
    'What can be read is kept; nothing more shows in the session.',
    ['e2e/storage.test.ts', 'is set aside, told once, and silent for the session'],
    ['core/laws.test.ts', 'never throws, whatever stands in its place, and can always be used'],
  ],
  [
    'A disk that is full from any write on',
    'Shown no more than once; all of it counts once there is room.',
    [
      'e2e/storage.test.ts',
      'is full from write %i on: shows no more than once, and counts all of it once there is room',
    ],
    ['e2e/storage.test.ts', 'is there and refuses space, by the browser’s own quota'],
  ],
  [
    'A tab closed, crashed or led away right after an answer',
    'The answer is kept.',
    ['e2e/kill.test.ts', 'a page that ends right after the answer'],
  ],
  [
    'The browser killed right after a refusal',
    'What was seen to close shows no more.',
    ['e2e/kill.test.ts', 'as the widget closed shows it no more'],
    ['e2e/killMoments.test.ts', 'moves what an anonymous visitor refused once, whole'],
  ],
  [
    'Killed between taking the place and being seen',
    'The place is free again, and nothing counts twice.',
    ['e2e/killMoments.test.ts', 'loses no refusal, exceeds no cap, and frees its place'],
    ['core/tabStories.test.ts', 'give a place back that was not confirmed within ten seconds'],
  ],
  [
    'A tab discarded by the browser',
    'Its place goes to the next.',
    ['e2e/pageLives.test.ts', 'a page that the browser discards with its prompt gives the place to the next'],
  ],
  [
    'Twenty tabs and one place',
    'One shows.',
    ['e2e/tabs.test.ts', 'shows one banner and counts one impression when twenty tabs open at once'],
    ['browser/indexedDbStore.test.ts', 'grants exactly the cap to four connections that ask 40 times each'],
  ],
  [
    'A storm of signals over tabs, windows and frames',
    'Never two prompts at once, nor one over a cap.',
    ['e2e/storms.test.ts', 'never draws two prompts at once, nor one over a cap, in %i frames that storm'],
    ['engines/promises/tabs.ts', 'never draws two prompts at once, nor one over a cap, in five frames that storm'],
    ['engines/promises/tabs.ts', 'shows one banner over twenty pages that begin at the same moment'],
  ],
  [
    'No BroadcastChannel, or one that others flood with junk',
    'Caps stay exact; junk is ignored.',
    ['browser/tabs.test.ts', 'does nothing where there is no BroadcastChannel, or it is refused'],
    ['e2e/neighbours.test.ts', 'what other scripts post on the channel is ignored or taken with suspicion'],
  ],
  [
    'No Web Locks, no `crypto.randomUUID`, as on plain http',
    'Works: neither is used.',
    ['engines/promises/strange.ts', 'shows its prompt, and takes the answer, where the page %s'],
    ['widgets/outcomes.test.tsx', 'shows the message where there is no clipboard at all, as on plain http'],
  ],
  [
    'Two users in one browser, or one who takes over while a prompt stands',
    'Records apart; what is open closes.',
    ['e2e/privacy.test.ts', 'another user closes what is open, and knows nothing of the old one’s usage'],
    ['e2e/privacy.test.ts', 'a known user’s refusals never come to an anonymous visitor, nor to another user'],
  ],
  [
    'A session at 29 and 31 minutes, over tabs and windows opened from them',
    'One session over all; sessionStorage is not used.',
    [
      'e2e/sessions.test.ts',
      'ends after 30 minutes without activity: at 29 the prompt stands, at 31 it is withdrawn, no refusal',
    ],
    ['e2e/sessions.test.ts', 'spans tabs: activity in one keeps the prompt of another'],
  ],
  [
    'Summer time, leap days, other zones, clocks wrong by years',
    'Thirty days are thirty times 24 hours; a schedule’s day is the visitor’s where they are.',
    ['sdk/clockStories.test.ts', 'thirty quiet days are thirty times 24 hours'],
    ['sdk/clockStories.test.ts', 'a schedule by days is of the visitor’s day where they are by now'],
    ['sdk/clockStories.test.ts', 'a clock that was wrong by years when the page began'],
  ],
  [
    'A laptop that slept',
    'The session is over; timers are looked at anew.',
    ['browser/clock.test.ts', 'calls at once after a sleep, when %s'],
    [
      'e2e/pageLives.test.ts',
      'a page hidden for two days shows nothing of the session before, and begins another when it is looked at',
    ],
  ],
  [
    'Timers held back in hidden tabs; pages frozen and thawed',
    'Decided anew; nothing shows late.',
    [
      'e2e/pageLives.test.ts',
      'a frozen page keeps its place from nobody, and shows nothing that was refused meanwhile',
    ],
  ],
  [
    'A page kept for the way back, while its prompt is refused, opted out of, or its user logs out elsewhere',
    'It is restored by the browser, and shows none of it.',
    ['e2e/pageLives.test.ts', 'is kept by the browser, for nothing of ours stands in its way'],
    ['e2e/pageLives.test.ts', 'shows nothing that was refused meanwhile'],
    [
      'engines/promises/lacking.ts',
      'shows nothing that was refused while its page was left, whether that is kept for the way back or not',
    ],
    ['e2e/pageLives.test.ts', 'begins no session for a user who has logged out meanwhile, until somebody is there'],
  ],
  [
    'The third refusal, then day 29.99 and day 30.01; a plan that rises between',
    'Re-arms exactly then, and counts from nothing.',
    ['core/checkSuppression.test.ts', 'is still quiet after 29.99 days'],
    ['core/checkSuppression.test.ts', 'is quiet no more after 30.01 days'],
    ['core/limitStories.test.ts', 'is told of at once when the plan has risen, quiet days or not'],
  ],
  [
    'A prompt that is ignored on page after page',
    'Its counts stop it, answered or not.',
    ['e2e/limits.test.ts', 'is quiet as if refused when the third goes unanswered'],
    ['e2e/sessions.test.ts', 'that a page load takes away is over for the session, and no refusal'],
  ],
  [
    'Opted out, paused or forgotten while a block is open',
    'The block stays; others close.',
    ['e2e/guardRules.test.ts', 'stays while prompts are paused, opted out of and forgotten'],
  ],
  [
    'A guard while storage fails in any way',
    'The right answer, or leave to go on, within three seconds.',
    ['e2e/guardUnavailable.test.ts', 'blocks, goes on, and lets the user go on when the limit rises: storage %s'],
  ],
  [
    'A limit raised while its block is open; a double click; two actions at once',
    'One block; each promise settles once.',
    ['e2e/guard.test.ts', 'lets the user go on once the limit has risen enough'],
    ['e2e/guardPages.test.ts', 'is one block and one sending for a double click'],
    ['e2e/guard.test.ts', 'is one block for several questions of one turn, each answered once'],
  ],
  [
    'A guard on the page where one buys',
    'Never covered: a refusal without a widget.',
    ['e2e/guardPages.test.ts', 'refuses without a widget: %s'],
  ],
  [
    'A tampered ledger, faked usage, a removed widget',
    'The engine stays sane, and the server refuses.',
    ['e2e/demoFlows.test.ts', 'refuses the 11th seat on the server where the page was tampered with'],
    ['sdk/fuzz.test.ts', 'a stored record is read as a ledger, which reads as itself from then on'],
  ],
  [
    'A frame of another site, without an origin, or partitioned',
    'Nothing thrown; a record of its own where the browser gives it one, and else nothing but blocks.',
    [
      'e2e/storageLives.test.ts',
      'a frame of another site has a record of its own, which the site itself knows nothing of',
    ],
    ['e2e/storage.test.ts', 'without an origin of its own, nothing shows, errors say why, and a guard answers'],
  ],
  [
    'A widget off the screen, covered, in a hidden tab, not rendered, or printed',
    'Not counted until it is really visible; not on paper.',
    ['widgets/seen.test.tsx', 'waits until half of it is scrolled into view'],
    ['widgets/seen.test.tsx', 'waits while something of the page covers it'],
    ['widgets/seen.test.tsx', 'is never reported of what is not rendered'],
    ['e2e/hostilePage.test.ts', 'are printed without us'],
    ['engines/promises/strange.ts', 'is not on paper, where the engine’s driver can print'],
  ],
  [
    'An anchor that is missing, moves, goes, or stands in a closed shadow root',
    'The tooltip follows, goes along, or waits; nothing is left behind.',
    ['e2e/fileRules.test.ts', 'takes its tooltip along when it is gone for good: no refusal, nothing left behind'],
    [
      'e2e/hostilePage.test.ts',
      'keep what is in a closed shadow root to themselves: neither slot nor control is found there',
    ],
  ],
  [
    '320 px, text twice the size, right to left, forced colours, dark',
    'Nothing is cut off, and all can be reached.',
    ['widgets/access.test.tsx', 'nothing sticks out'],
    ['widgets/zoom.test.tsx', 'at 400 % of 1280 × 1024 everything can be brought into view'],
    ['engines/promises/wishes.ts', 'fits a screen of 320 px%s: every control of every kind within it'],
    ['widgets/contrast.test.tsx', 'text stands out by 4.5 to 1, what is no text by 3 to 1, light and dark: %s'],
  ],
  [
    'A keyboard alone, and Esc',
    'Every control is reached and answers; the focus returns; Esc goes to whose it is.',
    ['widgets/activate.test.tsx', 'Tab reaches each control, and Enter and Space do what a click does: %s'],
    ['widgets/keyboard.test.tsx', 'gives the focus back where it was: %s'],
    ['e2e/decent.test.ts', 'is left alone once the host has handled it: %s'],
  ],
  [
    'A tooltip with buttons, by keyboard and by pointer',
    'Can be dismissed, pointed at, and stays; it is a dialog that is not modal, never a `tooltip`.',
    ['widgets/keyboard.test.tsx', 'is a dialog, not modal, named and described'],
    ['widgets/keyboard.test.tsx', 'stays while the pointer goes over to it, and after'],
    ['widgets/keyboard.test.tsx', 'refuses a tooltip while it has the pointer'],
  ],
  [
    'A screen reader that came before us',
    'Told once, politely, in a region that was there before.',
    ['widgets/status.test.ts', 'says so once, politely, in a region that was there before, in the light tree'],
  ],
  [
    'A refusal in the first frame, or by a click that a script makes',
    'Counts.',
    ['widgets/outcomes.test.tsx', 'reports a refusal in its first frame, by a synthetic click too'],
  ],
  [
    'A locale that is missing or odd, a currency that is unknown, a value that is missing',
    'Plurals are right, English stands in, and what needs the value is withheld.',
    ['e2e/hostileText.test.ts', 'that are none leave English: of the page, of the user, and of init'],
    ['e2e/fileRules.test.ts', 'agree with the page’s or the user’s language and the figure: %s'],
    ['e2e/fileRules.test.ts', 'that need what is not known withhold the trigger, and let it show once it is'],
  ],
  [
    'A chunk that is missing after a deploy',
    'Not shown, not counted, tried again on the next load.',
    ['e2e/hosts.test.ts', '%s: one error that says "%s", nothing thrown, and the next load is well again'],
    ['e2e/hosts.test.ts', 'a chunk of another build, as after a deploy: nothing shows, one error, nothing thrown'],
  ],
  [
    'The packed packages in a fresh build, on a server, under strict types',
    'Build, import and type-check.',
    ['packages/packages.test.ts', 'does nothing when it is imported on a server'],
    ['packages/packages.test.ts', 'has types that a strict host can use, in node and in a bundler'],
    ['packages/packages.test.ts', 'keeps the validator and the widgets out of the first chunk of a Vite app'],
  ],
  [
    'Ten minutes of signals, refusals, kills, freezes, set clocks and failing storage at random',
    'What shows and counts is what naive books kept by the contract say.',
    ['sdk/model/model.test.ts', 'shows, withholds and counts what the contract says, whatever happens in its tabs'],
  ],
]
