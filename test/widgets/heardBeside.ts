/**
 * What a screen reader is told of what stands in or over the page, line by line, once the region for news is empty
 * again; what was said there when it came; and where Tab goes in it.
 */
export const beside: { readonly [state: string]: string } = {
  banner: `
  button "Single sign-on"
region "82 of 100 projects used"
  meter "Projects used" = 82
  StaticText "Pro gives you 1,000 projects for $99 a month."
  link "Upgrade now"
  button "Remind me later"
  button "Stop showing these"
  button "Dismiss"
status [live=polite]
Said: 82 of 100 projects used. Pro gives you 1,000 projects for $99 a month.
Tab: Upgrade now · Remind me later · Stop showing these · Dismiss`,

  'banner-full-float': `
  button "Single sign-on"
region "All 100 projects are in use"
  meter "Projects used" = 100
  StaticText "New projects need room. Archive one, or go to Pro for 1,000 at $99 a month."
  link "Upgrade now"
  button "Remind me later"
  button "Stop showing these"
  button "Dismiss"
status [live=polite]
Said: All 100 projects are in use. New projects need room. Archive one, or go to Pro for 1,000 at $99 a month.
Tab: Upgrade now · Remind me later · Stop showing these · Dismiss`,

  'banner-80': `
  region "80 of 100 projects used"
    meter "Projects used" = 80
    StaticText "Pro gives you 1,000 projects for $99 a month."
    link "Upgrade now"
    button "Remind me later"
    button "Stop showing these"
    button "Dismiss"
  button "Single sign-on"
status [live=polite]
Said: 80 of 100 projects used. Pro gives you 1,000 projects for $99 a month.
Tab: Upgrade now · Remind me later · Stop showing these · Dismiss`,

  'banner-full': `
  region "All 100 projects are in use"
    meter "Projects used" = 100
    StaticText "New projects need room. Archive one, or go to Pro for 1,000 at $99 a month."
    link "Upgrade now"
    button "Remind me later"
    button "Stop showing these"
    button "Dismiss"
  button "Single sign-on"
status [live=polite]
Said: All 100 projects are in use. New projects need room. Archive one, or go to Pro for 1,000 at $99 a month.
Tab: Upgrade now · Remind me later · Stop showing these · Dismiss`,

  'banner-ask': `
  region "91 of 100 projects used"
    meter "Projects used" = 91
    StaticText "Pro gives you 1,000 projects. An admin can change the plan."
    button "Ask an admin"
    button "Remind me later"
    button "Stop showing these"
    button "Dismiss"
  button "Single sign-on"
status [live=polite]
Said: 91 of 100 projects used. Pro gives you 1,000 projects. An admin can change the plan.
Tab: Ask an admin · Remind me later · Stop showing these · Dismiss`,

  'banner-asked': `
  region "Message copied"
    StaticText "Paste it to an admin of Acme."
    blockquote
      StaticText "Hi, we have used 91 of 100 projects. Could you move us to Pro? https://acme.test/billing/upgrade?plan=pro"
    button "Copy again" [focused]
    button "Stop showing these"
    button "Dismiss"
  button "Single sign-on"
status [live=polite]
Said: Message copied. Paste it to an admin of Acme.
Tab: Stop showing these · Dismiss`,

  'banner-refused': `
  region "Copy this message"
    StaticText "Your browser did not allow copying. Select the text, copy it and paste it to an admin."
    blockquote
      StaticText "Hi, we have used 91 of 100 projects. Could you move us to Pro? https://acme.test/billing/upgrade?plan=pro"
    button "Done" [focused]
    button "Stop showing these"
    button "Dismiss"
  button "Single sign-on"
status [live=polite]
Said: Copy this message. Your browser did not allow copying. Select the text, copy it and paste it to an admin.
Tab: Stop showing these · Dismiss`,

  tooltip: `
  button "Single sign-on" [focused expanded]
dialog "Single sign-on Pro" (Lets your team sign in with the company account. It is part of Pro.)
  StaticText "Single sign-on"
  StaticText "Pro"
  button "Dismiss"
  StaticText "Lets your team sign in with the company account. It is part of Pro."
  button "Learn more"
  button "Dismiss"
  button "Stop showing these"
status [live=polite]
Said: Single sign-on. Lets your team sign in with the company account. It is part of Pro.
Tab: Dismiss · Learn more · Dismiss · Stop showing these`,

  'tooltip-slot': `
  button "Single sign-on" [focused expanded]
dialog "Single sign-on Pro" (Lets your team sign in with the company account. It is part of Pro.)
  StaticText "Single sign-on"
  StaticText "Pro"
  button "Dismiss"
  StaticText "Lets your team sign in with the company account. It is part of Pro."
  button "Learn more"
  button "Dismiss"
  button "Stop showing these"
status [live=polite]
Said: Single sign-on. Lets your team sign in with the company account. It is part of Pro.
Tab: Dismiss · Learn more · Dismiss · Stop showing these`,

  'tooltip-asked': `
  button "Single sign-on" [expanded]
dialog "Message copied" (Paste it to an admin of Acme.)
  button "Dismiss"
  StaticText "Paste it to an admin of Acme."
  blockquote
    StaticText "Hi, we would like to use single sign-on. Could you move us to Pro? https://acme.test/billing/upgrade?plan=pro"
  button "Copy again" [focused]
  button "Stop showing these"
status [live=polite]
Said: Message copied. Paste it to an admin of Acme.
Tab: Stop showing these`,

  panel: `
  region "9 of 10 seats are taken"
    button "Dismiss"
    StaticText "Your team is growing. With more seats, the next invites go straight through."
    meter "Seats in use" = 9
    list
      listitem [level=1]
        StaticText "8 members"
      listitem [level=1]
        StaticText "1 invited"
      listitem [level=1]
        StaticText "1 free"
      listitem [level=1]
        StaticText "3 to add"
    DescriptionList
      term "Seats to add 10 now, 13 then"
        StaticText "Seats to add"
        StaticText "10 now, 13 then"
      definition
        group "Seats to add"
          button "One seat fewer"
          spinbutton "Seats to add" = 3
            StaticText "3"
          button "One seat more"
      term "Each month $8.00 a seat"
        StaticText "Each month"
        StaticText "$8.00 a seat"
      definition
        status [live=polite]
          StaticText "+$24.00"
      term "Due today 12 of 30 days left"
        StaticText "Due today"
        StaticText "12 of 30 days left"
      definition
        status [live=polite]
          StaticText "$9.60"
    link "Add 3 seats"
    button "Dismiss"
    button "Stop showing these"
  button "Single sign-on" [focused]
status [live=polite]
Said: 9 of 10 seats are taken. Your team is growing. With more seats, the next invites go straight through.
Tab: Dismiss · One seat fewer · Seats to add · One seat more · Add 3 seats · Dismiss · Stop showing these`,

  'panel-beside': `
  button "Single sign-on" [focused expanded]
region "9 of 10 seats are taken"
  button "Dismiss"
  StaticText "Your team is growing. With more seats, the next invites go straight through."
  meter "Seats in use" = 9
  list
    listitem [level=1]
      StaticText "8 members"
    listitem [level=1]
      StaticText "1 invited"
    listitem [level=1]
      StaticText "1 free"
    listitem [level=1]
      StaticText "3 to add"
  DescriptionList
    term "Seats to add 10 now, 13 then"
      StaticText "Seats to add"
      StaticText "10 now, 13 then"
    definition
      group "Seats to add"
        button "One seat fewer"
        spinbutton "Seats to add" = 3
          StaticText "3"
        button "One seat more"
    term "Each month $8.00 a seat"
      StaticText "Each month"
      StaticText "$8.00 a seat"
    definition
      status [live=polite]
        StaticText "+$24.00"
    term "Due today 12 of 30 days left"
      StaticText "Due today"
      StaticText "12 of 30 days left"
    definition
      status [live=polite]
        StaticText "$9.60"
  link "Add 3 seats"
  button "Dismiss"
  button "Stop showing these"
status [live=polite]
Said: 9 of 10 seats are taken. Your team is growing. With more seats, the next invites go straight through.
Tab: Dismiss · One seat fewer · Seats to add · One seat more · Add 3 seats · Dismiss · Stop showing these`,

  'panel-asked': `
  region "Message copied"
    button "Dismiss"
    StaticText "Paste it to an admin of Acme."
    blockquote
      StaticText "Hi, could you add seats to our Acme plan? 9 of 10 are taken. You can do it here: https://acme.test/billing/seats?add=3"
    button "Copy again" [focused]
    button "Stop showing these"
  button "Single sign-on"
status [live=polite]
Said: Message copied. Paste it to an admin of Acme.
Tab: Stop showing these`,

  toast: `
  button "Single sign-on"
region "50 projects created"
  StaticText "Starter has room for 100, Pro for 1,000."
  button "See what’s next"
  button "Stop showing these"
  button "Dismiss"
status [live=polite]
Said: 50 projects created. Starter has room for 100, Pro for 1,000.
Tab: See what’s next · Stop showing these · Dismiss`,

  'toast-asked': `
  button "Single sign-on"
region "Message copied"
  StaticText "Paste it to an admin of Acme."
  blockquote
    StaticText "Hi, we have created 50 projects. Could you move us to Pro? https://acme.test/billing/upgrade?plan=pro"
  button "Copy again" [focused]
  button "Stop showing these"
  button "Dismiss"
status [live=polite]
Said: Message copied. Paste it to an admin of Acme.
Tab: Stop showing these · Dismiss`,
}
