/** What a screen reader is told of each dialog, line by line, and where Tab goes in it. */
export const dialogs: { readonly [state: string]: string } = {
  'block-seats': `
dialog "2 of these 6 invites fit" (Starter has 10 seats and 8 are in use. Add 4 to invite everyone.) [focused modal]
  generic [live=polite]
    heading "2 of these 6 invites fit" [level=2]
    StaticText "Starter has 10 seats and 8 are in use. Add 4 to invite everyone."
  meter "Seats needed" = 8
  list
    listitem [level=1]
      StaticText "8 in use"
    listitem [level=1]
      StaticText "2 fit"
    listitem [level=1]
      StaticText "4 more needed"
  DescriptionList
    term "Seats to add 10 now, 14 then"
      StaticText "Seats to add"
      StaticText "10 now, 14 then"
    definition
      group "Seats to add"
        button "One seat fewer" [disabled]
        spinbutton "Seats to add" = 4
          StaticText "4"
        button "One seat more"
    term "Each month $8.00 a seat"
      StaticText "Each month"
      StaticText "$8.00 a seat"
    definition
      status [live=polite]
        StaticText "+$32.00"
    term "Due today 12 of 30 days left"
      StaticText "Due today"
      StaticText "12 of 30 days left"
    definition
      status [live=polite]
        StaticText "$12.80"
  link "Add 4 seats"
  button "Cancel"
Tab: One seat fewer · Seats to add · One seat more · Add 4 seats · Cancel`,

  'block-ask': `
dialog "2 of these 6 invites fit" (Starter has 10 seats and 8 are in use. An admin can add the 4 that are missing.) [focused modal]
  generic [live=polite]
    heading "2 of these 6 invites fit" [level=2]
    StaticText "Starter has 10 seats and 8 are in use. An admin can add the 4 that are missing."
  meter "Seats needed" = 8
  list
    listitem [level=1]
      StaticText "8 in use"
    listitem [level=1]
      StaticText "2 fit"
    listitem [level=1]
      StaticText "4 more needed"
  button "Ask an admin"
  button "Cancel"
Tab: Ask an admin · Cancel`,

  'block-asked': `
dialog "Message copied" (Paste it to an admin. Your 6 invites stay in the form.) [modal]
  generic [live=polite]
    heading "Message copied" [level=2]
    StaticText "Paste it to an admin. Your 6 invites stay in the form."
  blockquote
    StaticText "Hi, could you add 4 seats to our Acme plan? We have 10 and need 14. You can do it here: https://acme.test/billing/seats?add=4"
  button "Copy again" [focused]
  button "Close"
Tab: Close · Copy again`,

  'block-refused': `
dialog "Copy this message" (Your browser did not allow copying. Select the text, copy it and paste it to an admin.) [modal]
  generic [live=polite]
    heading "Copy this message" [level=2]
    StaticText "Your browser did not allow copying. Select the text, copy it and paste it to an admin."
  blockquote
    StaticText "Hi, could you add 4 seats to our Acme plan? We have 10 and need 14. You can do it here: https://acme.test/billing/seats?add=4"
  button "Done" [focused]
Tab: Done`,

  'block-use': `
dialog "All 100 projects are in use" (A new project needs room. Archive one, or go to Pro for 1,000 at $99 a month.) [focused modal]
  generic [live=polite]
    heading "All 100 projects are in use" [level=2]
    StaticText "A new project needs room. Archive one, or go to Pro for 1,000 at $99 a month."
  meter "Projects used" = 100
  link "Upgrade now"
  button "Cancel"
Tab: Upgrade now · Cancel`,

  'block-feature': `
dialog "Single sign-on" (Lets your team sign in with the company account. It is part of Pro.) [focused modal]
  generic [live=polite]
    StaticText "Pro"
    heading "Single sign-on" [level=2]
    StaticText "Lets your team sign in with the company account. It is part of Pro."
  button "Learn more"
  button "Cancel"
Tab: Learn more · Cancel`,

  modal: `
dialog "Your team has created 50 projects" (Starter has room for 100. Pro has room for 1,000 and adds single sign-on.) [focused modal]
  button "Dismiss"
  generic [live=polite]
    heading "Your team has created 50 projects" [level=2]
    StaticText "Starter has room for 100. Pro has room for 1,000 and adds single sign-on."
  button "See what’s next"
  button "Dismiss"
  button "Stop showing these"
Tab: Dismiss · See what’s next · Dismiss · Stop showing these`,

  'modal-long': `
dialog "Your team has created 1,250,000 projects" (Starter has room for 100. Pro has room for 1,000 and adds single sign-on.) [focused modal]
  button "Dismiss"
  generic [live=polite]
    heading "Your team has created 1,250,000 projects" [level=2]
    StaticText "Starter has room for 100. Pro has room for 1,000 and adds single sign-on."
  button "See what’s next"
  button "Dismiss"
  button "Stop showing these"
Tab: Dismiss · See what’s next · Dismiss · Stop showing these`,

  'modal-asked': `
dialog "Message copied" (Paste it to an admin of Acme.) [modal]
  button "Dismiss"
  generic [live=polite]
    heading "Message copied" [level=2]
    StaticText "Paste it to an admin of Acme."
  blockquote
    StaticText "Hi, we have created 50 projects. Could you move us to Pro? https://acme.test/billing/upgrade?plan=pro"
  button "Copy again" [focused]
  button "Close"
  button "Stop showing these"
Tab: Close · Stop showing these · Dismiss · Copy again`,

  explainer: `
dialog "Single sign-on" (Lets your team sign in with the company account.) [focused modal]
  button "Close"
  generic [live=polite]
    StaticText "Part of Pro"
    heading "Single sign-on" [level=2]
    StaticText "Lets your team sign in with the company account."
  StaticText "Pro also gives you"
  list
    listitem [level=1]
      StaticText "1,000 projects"
      StaticText "now 100"
    listitem [level=1]
      StaticText "50 seats"
      StaticText "now 10"
  link "Upgrade to Pro, $99 a month"
  button "Close"
Tab: Close · Upgrade to Pro, $99 a month · Close`,

  'explainer-ask': `
dialog "Single sign-on" (Lets your team sign in with the company account.) [focused modal]
  button "Close"
  generic [live=polite]
    StaticText "Part of Pro"
    heading "Single sign-on" [level=2]
    StaticText "Lets your team sign in with the company account."
  StaticText "Pro also gives you"
  list
    listitem [level=1]
      StaticText "1,000 projects"
      StaticText "now 100"
    listitem [level=1]
      StaticText "50 seats"
      StaticText "now 10"
  button "Ask an admin"
  button "Close"
Tab: Close · Ask an admin · Close`,

  plans: `
dialog "What Pro adds to Starter" (You are on Starter. What Pro would add is marked.) [focused modal]
  button "Close"
  generic [live=polite]
    heading "What Pro adds to Starter" [level=2]
    StaticText "You are on Starter. What Pro would add is marked."
  table "Plans compared"
    rowgroup
      row
        columnheader "Starter $29 a month Your plan"
          StaticText "Starter"
          StaticText "$29 a month"
          StaticText "Your plan"
        columnheader "Pro $99 a month Next plan"
          StaticText "Pro"
          StaticText "$99 a month"
          StaticText "Next plan"
        columnheader "Upgrade to Business, $249 a month $249 a month"
          link "Upgrade to Business, $249 a month"
            StaticText "Business"
          StaticText "$249 a month"
    rowgroup
      row
        rowheader "Projects"
        cell "100"
        cell "1,000 +900"
          StaticText "1,000"
          StaticText "+900"
        cell "Unlimited"
      row
        rowheader "Seats"
        cell "10"
        cell "50 +40"
          StaticText "50"
          StaticText "+40"
        cell "200"
      row
        rowheader "Export"
        cell "Included"
        cell "Included"
        cell "Included"
      row
        rowheader "Single sign-on"
        cell "Not included"
        cell "Included New"
          StaticText "Included"
          StaticText "New"
        cell "Included"
      row
        rowheader "Audit log"
        cell "Not included"
        cell "Not included"
        cell "Included"
  link "Upgrade to Pro, $99 a month"
  button "Close"
Tab: Close · Upgrade to Business, $249 a month · Upgrade to Pro, $99 a month · Close`,
}
